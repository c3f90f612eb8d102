using WebRtcSignaling.Compatibility.EngineIO.Packets;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>
/// What waits for a client's next poll, in order, within a budget that holds for what polls have taken and still send, too. An idle session holds nothing here.
/// Not thread-safe.
/// </summary>
internal struct PacketQueue(int maxBytes)
{
    private List<OutgoingPacket>? _packets;
    private int _weight;
    private int _weightInFlight;

    public readonly bool IsEmpty => _packets is null;

    /// <summary>Appends a packet. A client for whom nothing waits is not slow, however long the packet.</summary>
    /// <returns>Whether it fits; if not, the client is too slow.</returns>
    public bool TryAdd(OutgoingPacket packet)
    {
        int backlog = _weight + _weightInFlight;
        if (backlog > 0 && backlog + packet.Weight > maxBytes)
        {
            return false;
        }

        (_packets ??= []).Add(packet);
        _weight += packet.Weight;
        return true;
    }

    /// <summary>Takes all there is, to be sent elsewhere.</summary>
    public List<OutgoingPacket> Take()
    {
        List<OutgoingPacket> packets = _packets ?? [];
        _packets = null;
        _weight = 0;
        return packets;
    }

    /// <summary>Takes all there is, as the answer to a poll.</summary>
    /// <param name="weight">What it weighs until it is sent, for <see cref="EndSending"/>.</param>
    public List<OutgoingPacket> TakeForPoll(out int weight)
    {
        weight = _weight;
        _weightInFlight += weight;
        return Take();
    }

    /// <summary>The answer to a poll has been sent, or is lost.</summary>
    public void EndSending(int weight) => _weightInFlight -= weight;
}
