namespace WebRtcSignaling.Compatibility.SocketIO.Packets;

/// <summary>A packet that a client sent.</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Attachments">How many binary messages follow it.</param>
/// <param name="Namespace">The namespace, with its slash; empty for <c>/</c>.</param>
/// <param name="Id">The number of the acknowledgement that it wants, or is.</param>
/// <param name="Payload">JSON, not looked into; empty for none.</param>
internal readonly record struct SocketPacket(
    SocketPacketType Type, int Attachments, ReadOnlyMemory<byte> Namespace, long? Id, ReadOnlyMemory<byte> Payload)
{
    public bool IsBinary => Type is SocketPacketType.BinaryEvent or SocketPacketType.BinaryAck;
}
