namespace WebRtcSignaling.Compatibility.EngineIO.Packets;

/// <summary>A packet that waits for a poll.</summary>
/// <param name="Bytes">A text packet with its type, as UTF-8; or the data alone of a binary message.</param>
/// <param name="IsBinary">Whether it is a binary message.</param>
internal readonly record struct OutgoingPacket(byte[] Bytes, bool IsBinary)
{
    /// <summary>What a packet weighs beside its bytes, so that very many small ones do not go for nothing.</summary>
    private const int Overhead = 32;

    public static OutgoingPacket Close { get; } = Text("1"u8);

    public static OutgoingPacket Ping { get; } = Text("2"u8);

    public static OutgoingPacket Noop { get; } = Text("6"u8);

    /// <summary>How much of a session's budget it takes.</summary>
    public int Weight => Bytes.Length + Overhead;

    public static OutgoingPacket Text(ReadOnlySpan<byte> utf8) => new(utf8.ToArray(), IsBinary: false);

    /// <summary>Answers a ping with the same data.</summary>
    public static OutgoingPacket Pong(ReadOnlySpan<byte> data) => new([(byte)'3', .. data], IsBinary: false);
}
