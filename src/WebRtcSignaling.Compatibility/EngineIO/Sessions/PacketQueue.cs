using WebRtcSignaling.Compatibility.EngineIO.Packets;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What waits for a client's next poll, in order, within a budget. An idle session holds nothing here. Not thread-safe.</summary>
internal struct PacketQueue(int maxBytes)
{
    private List<OutgoingPacket>? _packets;
    private int _weight;

    public readonly bool IsEmpty => _packets is null;

    /// <summary>Appends a packet.</summary>
    /// <returns>Whether it fits; if not, the client is too slow.</returns>
    public bool TryAdd(OutgoingPacket packet)
    {
        if (_weight + packet.Weight > maxBytes)
        {
            return false;
        }

        (_packets ??= []).Add(packet);
        _weight += packet.Weight;
        return true;
    }

    /// <summary>Takes all there is.</summary>
    public List<OutgoingPacket> Take()
    {
        List<OutgoingPacket> packets = _packets ?? [];
        _packets = null;
        _weight = 0;
        return packets;
    }
}
