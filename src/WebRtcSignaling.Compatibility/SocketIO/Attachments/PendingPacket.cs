using WebRtcSignaling.Compatibility.SocketIO.Packets;

namespace WebRtcSignaling.Compatibility.SocketIO.Attachments;

/// <summary>A packet that waits for its attachments, which follow right behind it. Not thread-safe.</summary>
internal sealed class PendingPacket
{
    private readonly int _maxBytes;
    private readonly List<byte[]> _attachments = [];
    private readonly byte[] _payload;
    private int _bytes;

    /// <param name="packet">The packet; what it lies in is copied.</param>
    /// <param name="maxBytes">How many bytes it may have, attachments included.</param>
    public PendingPacket(in SocketPacket packet, int maxBytes)
    {
        _maxBytes = maxBytes;
        _payload = packet.Payload.ToArray();
        _bytes = _payload.Length;
        Packet = packet with { Namespace = packet.Namespace.ToArray(), Payload = _payload };
    }

    public SocketPacket Packet { get; }

    public bool IsComplete => _attachments.Count == Packet.Attachments;

    /// <summary>Adds the next attachment, copied.</summary>
    /// <returns>Whether it fits.</returns>
    public bool TryAdd(ReadOnlyMemory<byte> attachment)
    {
        _bytes += attachment.Length;
        if (_bytes > _maxBytes)
        {
            return false;
        }

        _attachments.Add(attachment.ToArray());
        return true;
    }

    /// <summary>The JSON with the attachments in their places; <see langword="null"/> if it is not right.</summary>
    public byte[]? ToJson() => BinaryPlaceholders.Fill(_payload, _attachments);
}
