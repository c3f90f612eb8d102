using System.Globalization;
using System.Text;

namespace WebRtcSignaling.Compatibility.SocketIO.Packets;

/// <summary>Writes what comes before a packet's payload, and the packets that have none; all with the type of an Engine.IO message.</summary>
internal static class SocketPacketHead
{
    /// <summary>The client is connected; version 3 says it unasked.</summary>
    public static ReadOnlySpan<byte> Connect => "40"u8;

    /// <summary>The client is put out.</summary>
    public static ReadOnlySpan<byte> Disconnect => "41"u8;

    public static ReadOnlySpan<byte> Event => "42"u8;

    /// <summary>The client is connected under this name; version 4.</summary>
    public static byte[] ConnectAs(string id) => Encoding.UTF8.GetBytes($"40{{\"sid\":\"{id}\"}}");

    public static byte[] Ack(long id) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"43{id}"));

    /// <summary>An event or an acknowledgement with attachments.</summary>
    /// <param name="attachments">How many follow.</param>
    /// <param name="ackId">The acknowledgement that it is; <see langword="null"/> for an event.</param>
    public static byte[] Binary(int attachments, long? ackId) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"4{(ackId is null ? 5 : 6)}{attachments}-{ackId}"));

    /// <summary>There is no such namespace. Version 3 takes a string, version 4 an object.</summary>
    public static byte[] InvalidNamespace(ReadOnlySpan<byte> name, bool asObject) =>
        [.. "44"u8, .. name, .. ","u8, .. asObject ? "{\"message\":\"Invalid namespace\"}"u8 : "\"Invalid namespace\""u8];
}
