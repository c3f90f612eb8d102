using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>
/// The rules of an Engine.IO session: which request and which packet is allowed when, heartbeats, the way from polls to a WebSocket, and the end. No I/O,
/// no clock, no lock: each method gets the time and says what is to be done.
/// <code>
///   polling  -- a WebSocket names the session --------------------------> attached
///   attached -- "2probe" -----------------------------------------------> probed      "3probe"; the held poll is answered
///   probed   -- "5", and no POST under way -----------------------------> onSocket    what waits follows
///   attached, probed -- anything else, its end, UpgradeTimeout ---------> polling     the WebSocket is dropped
///   onSocket -- its end ------------------------------------------------> closed
///   polling, attached, probed
///            -- we end it ----------------------------------------------> closing     the next poll hears it
///            -- the client closes, breaks a rule or is silent too long -> closing if a poll is held, which hears it; else closed
///   closing  -- a poll finds nothing left, "5" if probed, CloseTimeout -> closed
/// </code>
/// Polls and POSTs are refused on a WebSocket, a second one while one is under way ends the session, and <c>5</c> is refused during a POST. So there is never
/// more than one packet in the hands of the conversation, and none overtakes another.
/// </summary>
internal sealed class SessionState
{
    private readonly EngineVersion _version;
    private readonly EngineSettings _settings;
    private readonly TimeSpan _openedAt;

    private bool _isPosting;
    private bool _hasReturned;
    private bool _closedByUs;
    private bool _mayStillMove;
    private TimeSpan _phaseSince;
    private Heartbeat _heartbeat;

    /// <param name="version">The client's version.</param>
    /// <param name="settings">The times.</param>
    /// <param name="opensOnSocket">Whether it begins on a WebSocket.</param>
    /// <param name="now">The time; only differences matter.</param>
    public SessionState(EngineVersion version, EngineSettings settings, bool opensOnSocket, TimeSpan now)
    {
        _version = version;
        _settings = settings;
        _openedAt = _phaseSince = now;
        _heartbeat = new Heartbeat(version, settings, now);
        _hasReturned = opensOnSocket;
        Phase = opensOnSocket ? SessionPhase.OnSocket : SessionPhase.Polling;
    }

    public SessionPhase Phase { get; private set; }

    /// <summary>Whether a poll waits for an answer.</summary>
    public bool IsPollHeld { get; private set; }

    /// <summary>Why it is over; the first cause counts.</summary>
    public SessionCloseReason? EndedBy { get; private set; }

    /// <summary>Whether it is over for the conversation.</summary>
    public bool IsOver => Phase >= SessionPhase.Closing;

    private bool HasSocket => Phase is SessionPhase.Attached or SessionPhase.Probed or SessionPhase.OnSocket || _mayStillMove;

    /// <summary>A poll came.</summary>
    /// <param name="hasWaiting">Whether something waits for it.</param>
    /// <param name="effects">What else to do.</param>
    public RequestVerdict BeginPoll(bool hasWaiting, out SessionEffects effects)
    {
        effects = SessionEffects.None;
        _hasReturned = true;
        switch (Phase)
        {
            case SessionPhase.OnSocket:
                return RequestVerdict.WrongTransport;
            case SessionPhase.Closed:
                return RequestVerdict.Unknown;
            case var _ when IsPollHeld:
                effects = Break(SessionCloseReason.ProtocolError);
                return RequestVerdict.Overlap;
            case SessionPhase.Closing or SessionPhase.Probed:
            case var _ when hasWaiting:
                return RequestVerdict.Proceed;
            default:
                IsPollHeld = true;
                return RequestVerdict.Hold;
        }
    }

    /// <summary>A poll is about to be answered: from here on the client may send the next one.</summary>
    public PollContent EndPoll(bool hasWaiting, out SessionEffects effects)
    {
        IsPollHeld = false;
        // The close travels alone: clients of version 4 hear it before the messages that it shares a payload with.
        bool saysMore = Phase == SessionPhase.Closing && hasWaiting;
        effects = Phase == SessionPhase.Closing && !saysMore ? CloseNow(SessionEffects.None) : SessionEffects.None;
        return saysMore || (!IsOver && Phase != SessionPhase.OnSocket) ? PollContent.Waiting
            : _closedByUs ? PollContent.Close
            : PollContent.Noop;
    }

    /// <summary>The connection of the poll that is held was lost.</summary>
    public SessionEffects LosePoll()
    {
        if (!IsPollHeld)
        {
            return SessionEffects.None;
        }

        IsPollHeld = false;
        return SessionEffects.AnswerPoll | Phase switch
        {
            SessionPhase.Closing => CloseNow(SessionEffects.None),
            SessionPhase.OnSocket or SessionPhase.Closed => SessionEffects.None,
            _ => Break(SessionCloseReason.ConnectionLost),
        };
    }

    /// <summary>A POST came. If it proceeds, <see cref="EndPost"/> follows.</summary>
    public RequestVerdict BeginPost(out SessionEffects effects)
    {
        effects = SessionEffects.None;
        _hasReturned = true;
        switch (Phase)
        {
            case SessionPhase.OnSocket:
                return RequestVerdict.WrongTransport;
            case SessionPhase.Closing:
                return RequestVerdict.PassOver;
            case SessionPhase.Closed:
                return RequestVerdict.Unknown;
            case var _ when _isPosting:
                effects = Break(SessionCloseReason.ProtocolError);
                return RequestVerdict.Overlap;
            default:
                _isPosting = true;
                return RequestVerdict.Proceed;
        }
    }

    /// <summary>A POST is about to be answered.</summary>
    public void EndPost() => _isPosting = false;

    /// <summary>The client's connection broke in the middle of a POST, or what it sent cannot be read.</summary>
    public SessionEffects BreakPost(SessionCloseReason reason) => IsOver ? SessionEffects.None : Break(reason);

    /// <summary>A WebSocket names the session.</summary>
    /// <returns>Whether it may try to take over; one at a time may.</returns>
    public bool TryAttach(TimeSpan now)
    {
        if (Phase != SessionPhase.Polling)
        {
            return false;
        }

        _hasReturned = true;
        MoveTo(SessionPhase.Attached, now);
        return true;
    }

    /// <summary>The WebSocket is lost or closing.</summary>
    public SessionEffects LoseSocket(SessionCloseReason reason, TimeSpan now)
    {
        switch (Phase)
        {
            case SessionPhase.Attached or SessionPhase.Probed:
                MoveTo(SessionPhase.Polling, now);
                return SessionEffects.None;
            case SessionPhase.OnSocket:
                return Break(reason);
            default:
                _mayStillMove = false;
                return SessionEffects.None;
        }
    }

    /// <summary>A packet came in a POST.</summary>
    public SessionEffects ReceiveFromPost(in EnginePacket packet, TimeSpan now) => IsOver ? SessionEffects.None : Receive(in packet, now);

    /// <summary>A packet came on the session's WebSocket.</summary>
    public SessionEffects ReceiveFromSocket(in EnginePacket packet, TimeSpan now)
    {
        switch (Phase)
        {
            case SessionPhase.OnSocket:
                return Receive(in packet, now);
            case SessionPhase.Attached or SessionPhase.Probed when packet.IsProbe:
                MoveTo(SessionPhase.Probed, _phaseSince);
                return SessionEffects.AnswerProbe | (IsPollHeld ? SessionEffects.AnswerPoll : SessionEffects.None);
            case SessionPhase.Probed when packet.Type == EnginePacketType.Upgrade && !_isPosting:
                MoveTo(SessionPhase.OnSocket, now);
                _heartbeat.Hear(now);
                return SessionEffects.MoveToSocket | (IsPollHeld ? SessionEffects.AnswerPoll : SessionEffects.None);
            case SessionPhase.Attached or SessionPhase.Probed:
                MoveTo(SessionPhase.Polling, now);
                return SessionEffects.DropSocket;
            case SessionPhase.Closing when packet.Type == EnginePacketType.Upgrade && _mayStillMove:
                return SessionEffects.MoveToSocket | CloseNow(IsPollHeld ? SessionEffects.AnswerPoll : SessionEffects.None);
            default:
                return SessionEffects.None;
        }
    }

    /// <summary>We end the session. What waits is still said, unless the client was too slow to hear it.</summary>
    public SessionEffects Close(SessionCloseReason reason, TimeSpan now)
    {
        if (IsOver)
        {
            return SessionEffects.None;
        }

        if (Phase == SessionPhase.OnSocket || reason == SessionCloseReason.SlowConsumer)
        {
            return Break(reason);
        }

        EndedBy = reason;
        _closedByUs = true;

        // A client that was answered its probe polls no more: it waits for nothing but to go on, on the WebSocket.
        _mayStillMove = Phase == SessionPhase.Probed;
        SessionEffects socket = Phase == SessionPhase.Attached ? SessionEffects.DropSocket : SessionEffects.None;
        MoveTo(SessionPhase.Closing, now);
        return SessionEffects.End | socket | (IsPollHeld ? SessionEffects.AnswerPoll : SessionEffects.None);
    }

    /// <summary>Looks at the clock.</summary>
    public SessionEffects Tick(TimeSpan now)
    {
        switch (Phase)
        {
            case SessionPhase.Closed:
                return SessionEffects.None;
            case SessionPhase.Closing:
                return now - _phaseSince >= _settings.CloseTimeout ? CloseNow(SessionEffects.DropWaiting) : SessionEffects.None;
            case SessionPhase.Attached or SessionPhase.Probed when now - _phaseSince >= _settings.UpgradeTimeout:
                MoveTo(SessionPhase.Polling, now);
                return SessionEffects.DropSocket | TickHeartbeat(now);
            default:
                return !_hasReturned && now - _openedAt >= _settings.ConnectTimeout
                    ? Break(SessionCloseReason.ConnectionLost)
                    : TickHeartbeat(now);
        }
    }

    /// <summary>The packet that was to be delivered has been dealt with. Comes before the next one.</summary>
    public void EndDelivery(TimeSpan now) => _heartbeat.EndBusy(now);

    private SessionEffects Receive(in EnginePacket packet, TimeSpan now)
    {
        _heartbeat.Hear(now);
        switch (packet.Type, _version)
        {
            case (EnginePacketType.Message, _):
                _heartbeat.BeginBusy(now);
                return SessionEffects.Deliver;
            case (EnginePacketType.Ping, EngineVersion.V3):
                return SessionEffects.SendPong;
            case (EnginePacketType.Pong, EngineVersion.V4):
                _heartbeat.HearPong(now);
                return SessionEffects.None;
            case (EnginePacketType.Close, _):
                return Break(SessionCloseReason.Left);
            case (EnginePacketType.Noop, _):
                return SessionEffects.None;
            default:
                return SessionEffects.Refuse | Break(SessionCloseReason.ProtocolError);
        }
    }

    private SessionEffects TickHeartbeat(TimeSpan now) => _heartbeat.Tick(now) switch
    {
        HeartbeatStep.Ping => SessionEffects.SendPing,
        HeartbeatStep.Dead => Break(SessionCloseReason.HeartbeatTimeout),
        _ => SessionEffects.None,
    };

    /// <summary>Ends the session at once; only a poll that is held still hears of it.</summary>
    private SessionEffects Break(SessionCloseReason reason)
    {
        EndedBy ??= reason;
        _closedByUs = reason != SessionCloseReason.Left;
        SessionEffects effects = SessionEffects.End | SessionEffects.DropWaiting | (HasSocket ? SessionEffects.DropSocket : SessionEffects.None);
        if (!IsPollHeld)
        {
            return CloseNow(effects);
        }

        _mayStillMove = false;
        MoveTo(SessionPhase.Closing, _phaseSince);
        return effects | SessionEffects.AnswerPoll;
    }

    private SessionEffects CloseNow(SessionEffects effects)
    {
        effects |= HasSocket ? SessionEffects.DropSocket : SessionEffects.None;
        MoveTo(SessionPhase.Closed, _phaseSince);
        return effects | SessionEffects.Forget;
    }

    private void MoveTo(SessionPhase phase, TimeSpan since) => (Phase, _phaseSince) = (phase, since);
}
