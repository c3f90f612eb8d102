namespace WebRtcSignaling.Compatibility.EngineIO.Packets;

/// <summary>A packet that a client sent.</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Data">What follows the type: UTF-8, or any bytes if it is binary. It lies in the buffer that it was read from.</param>
/// <param name="IsBinary">Whether it is binary; only messages are.</param>
internal readonly record struct EnginePacket(EnginePacketType Type, ReadOnlyMemory<byte> Data, bool IsBinary = false)
{
    public static EnginePacket Malformed { get; } = new(EnginePacketType.Malformed, default);

    /// <summary>Whether it asks, as the first packet on a new WebSocket, if the way is free.</summary>
    public bool IsProbe => Type == EnginePacketType.Ping && Data.Span.SequenceEqual("probe"u8);
}
