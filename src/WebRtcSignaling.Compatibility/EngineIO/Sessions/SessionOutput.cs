using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>
/// Where a session's packets go: into its WebSocket's outbox, or into a queue until a poll takes them. Nothing here waits. Guarded by the session's lock.
/// </summary>
internal sealed class SessionOutput(EngineVersion version, int maxBytes, IDialectConnection? socket)
{
    private PacketQueue _waiting = new(maxBytes);
    private TaskCompletionSource? _heldPoll;
    private bool _isOnSocket = socket is not null;

    /// <summary>The WebSocket, whether the packets go there already or not.</summary>
    public IDialectConnection? Socket { get; private set; } = socket;

    public bool HasWaiting => !_waiting.IsEmpty;

    /// <summary>Whether more was to wait than may; from then on nothing is taken.</summary>
    public bool IsOverflowing { get; private set; }

    /// <summary>Sends text in two pieces.</summary>
    public void Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (_isOnSocket)
        {
            Socket!.Outbox.Send(head, body);
        }
        else if (!IsOverflowing)
        {
            Queue(new OutgoingPacket([.. head, .. body], IsBinary: false));
        }
    }

    /// <summary>Sends a packet.</summary>
    public void Send(OutgoingPacket packet)
    {
        if (_isOnSocket)
        {
            SendToSocket(packet);
        }
        else
        {
            Queue(packet);
        }
    }

    /// <summary>Attaches the WebSocket that may become the way.</summary>
    public void Attach(IDialectConnection connection) => Socket = connection;

    /// <summary>Lets go of the WebSocket, for its owner to close.</summary>
    public IDialectConnection? Detach()
    {
        IDialectConnection? detached = Socket;
        Socket = null;
        _isOnSocket = false;
        return detached;
    }

    /// <summary>Takes what waits for a poll.</summary>
    /// <param name="weight">For <see cref="EndSending"/>.</param>
    public List<OutgoingPacket> TakeWaiting(out int weight) => _waiting.TakeForPoll(out weight);

    /// <summary>The answer to a poll has been sent, or is lost.</summary>
    public void EndSending(int weight) => _waiting.EndSending(weight);

    /// <summary>Holds a poll.</summary>
    /// <returns>Completes when it is to be answered.</returns>
    public Task HoldPoll()
    {
        _heldPoll = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _heldPoll.Task;
    }

    /// <summary>Wakes the poll that is held, if one is.</summary>
    public void WakePoll()
    {
        _heldPoll?.TrySetResult();
        _heldPoll = null;
    }

    /// <summary>Does what concerns packets.</summary>
    /// <param name="effects">What the state asked for.</param>
    /// <param name="pingData">What the ping said, if one is to be answered.</param>
    /// <returns>What is left to do.</returns>
    public Aftermath Apply(SessionEffects effects, ReadOnlySpan<byte> pingData)
    {
        if ((effects & SessionEffects.DropWaiting) != 0)
        {
            _waiting.Take();
        }

        if ((effects & SessionEffects.SendPong) != 0)
        {
            Send(OutgoingPacket.Pong(pingData));
        }

        if ((effects & SessionEffects.SendPing) != 0)
        {
            Send(OutgoingPacket.Ping);
        }

        if ((effects & SessionEffects.AnswerProbe) != 0)
        {
            // Past whatever waits for a poll.
            Socket!.Outbox.Send("3probe"u8);
        }

        if ((effects & SessionEffects.MoveToSocket) != 0)
        {
            MoveToSocket();
        }

        if ((effects & SessionEffects.AnswerPoll) != 0)
        {
            WakePoll();
        }

        return new(effects, (effects & SessionEffects.DropSocket) != 0 ? Detach() : null);
    }

    private void Queue(OutgoingPacket packet)
    {
        IsOverflowing |= !_waiting.TryAdd(packet);
        WakePoll();
    }

    private void MoveToSocket()
    {
        _isOnSocket = true;
        foreach (OutgoingPacket packet in _waiting.Take())
        {
            SendToSocket(packet);
        }
    }

    private void SendToSocket(OutgoingPacket packet)
    {
        if (!packet.IsBinary)
        {
            Socket!.Outbox.Send(packet.Bytes);
        }
        else if (version == EngineVersion.V4)
        {
            Socket!.Outbox.SendBinary([], packet.Bytes);
        }
        else
        {
            Socket!.Outbox.SendBinary([(byte)EnginePacketType.Message], packet.Bytes);
        }
    }
}
