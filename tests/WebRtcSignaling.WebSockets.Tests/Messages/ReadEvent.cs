using System.Text;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.WebSockets.Tests.Messages;

/// <summary>What a reader said: a message, copied out of its buffer, or a violation. Compared by value.</summary>
internal sealed record ReadEvent(string What, byte[] Payload)
{
    public static ReadEvent Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public static ReadEvent Text(byte[] utf8) => new(nameof(MessageKind.Text), utf8);

    public static ReadEvent Binary(params byte[] payload) => new(nameof(MessageKind.Binary), payload);

    public static ReadEvent Ping(params byte[] payload) => new(nameof(MessageKind.Ping), payload);

    public static ReadEvent Pong(params byte[] payload) => new(nameof(MessageKind.Pong), payload);

    public static ReadEvent Close(CloseCode? code = null, string reason = "") => new($"Close {(int?)code} '{reason}'", CloseBodyOf(code, reason));

    public static ReadEvent Of(ProtocolViolation violation) => new($"Violation {violation}", []);

    public static ReadEvent Of(in IncomingMessage message)
    {
        var what = message.Kind == MessageKind.Close ? $"Close {(int?)message.CloseCode} '{message.CloseReason}'" : $"{message.Kind}";
        return new ReadEvent(what, message.Payload.ToArray());
    }

    public bool Equals(ReadEvent? other) => other is not null && What == other.What && Payload.AsSpan().SequenceEqual(other.Payload);

    public override int GetHashCode() => HashCode.Combine(What, Payload.Length);

    public override string ToString() => $"{What}: {Payload.Length} bytes {Convert.ToHexString(Payload.AsSpan(0, Math.Min(40, Payload.Length)))}";

    private static byte[] CloseBodyOf(CloseCode? code, string reason) =>
        code is { } value ? [(byte)((int)value >> 8), (byte)value, .. Encoding.UTF8.GetBytes(reason)] : [];
}
