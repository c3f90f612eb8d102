using System.Buffers.Text;
using System.Globalization;

namespace WebRtcSignaling.Load.Dialects;

/// <summary>The native protocol (docs/protocol.md). The plain relays among the alternatives speak as much of it as is measured.</summary>
internal sealed class JsonDialect : ClientDialect
{
    public override string RequestTarget(string name) => "/signaling";

    public override string? ReadId(ReadOnlySpan<byte> message, string name) =>
        message.StartsWith("{\"type\":\"welcome\""u8) ? TextAfter(message, "\"clientId\":\""u8) : null;

    public override string Join(string room) => $$"""{"type":"room-join","room":"{{room}}","create":true}""";

    // Behind the number that messages of a session have which can be resumed.
    public override bool IsJoined(ReadOnlySpan<byte> message) => message.IndexOf("\"type\":\"room-joined\""u8) >= 0;

    public override string Signal(string room, string targetId, string data) =>
        $$"""{"type":"signal-send","room":"{{room}}","targetId":"{{targetId}}","data":{{data}}}""";

    public override string Message(string room, string data) => $$"""{"type":"message-send","room":"{{room}}","data":{{data}}}""";

    public override long? ReadNumber(ReadOnlySpan<byte> message) =>
        message.StartsWith("{\"seq\":"u8) && Utf8Parser.TryParse(message["{\"seq\":"u8.Length..], out long number, out _) ? number : null;

    public override string Acknowledgement(long number) => $$"""{"type":"ack","ack":{{number.ToString(CultureInfo.InvariantCulture)}}}""";

    public override string AcknowledgementMember => "\"ack\":";

    public override bool IsRefusal(ReadOnlySpan<byte> message) => message.IndexOf("\"code\":\""u8) >= 0;
}
