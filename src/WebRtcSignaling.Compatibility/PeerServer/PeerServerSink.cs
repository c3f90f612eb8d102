using WebRtcSignaling.Calls;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.PeerServer;

/// <summary>
/// Tells one client what its session hears. It keeps what the client has been told so far: these clients fail on a call they do not know, and want to
/// hear of a call before they hear of the newcomer it is with.
/// </summary>
internal sealed class PeerServerSink(PeerServerDialect dialect, IEventPeer peer, PeerServerEncoder encoder) : ISessionSink
{
    private readonly Lock _lock = new();
    private readonly HashSet<CallId> _knownCalls = [];
    private PeerServerRoom? _room;
    private bool _roomLeadsCalls;
    private SignalingEvent.ClientJoined? _newcomer;
    private RoomId? _bannedFrom;
    private SessionId? _lastBanned;

    public void OnOpened(SignalingSession session) => dialect.Remember(session, this);

    public void OnEvent(SignalingEvent signalingEvent)
    {
        lock (_lock)
        {
            Tell(signalingEvent);
        }
    }

    public void OnSignal(in Signal signal)
    {
        string? name = signal.Kind switch
        {
            SignalKind.Offer => "offer",
            SignalKind.Answer => "answer",
            SignalKind.Candidate => "candidate",
            _ => null,
        };

        // These clients know no signals outside calls.
        if (name is null || signal.Call.Value is null)
        {
            return;
        }

        lock (_lock)
        {
            if (signal.Kind == SignalKind.Offer)
            {
                _knownCalls.Add(signal.Call);
            }

            peer.Send(PeerServerEncoder.Signal(name, signal.Call, signal.Payload));
        }
    }

    public void OnClosed(SessionClose close) => peer.Close(close);

    /// <summary>The client was banned from a room; if it was in there, it has heard so already.</summary>
    public void TellBanned(PeerServerRoom room)
    {
        lock (_lock)
        {
            if (_bannedFrom != room.Id)
            {
                _bannedFrom = room.Id;
                peer.Send(PeerServerEncoder.About("banned", room));
            }
        }
    }

    /// <summary>A ban of the client was lifted.</summary>
    public void TellUnbanned(PeerServerRoom room)
    {
        lock (_lock)
        {
            _bannedFrom = null;
            peer.Send(PeerServerEncoder.About("unbanned", room));
        }
    }

    private void Tell(SignalingEvent signalingEvent)
    {
        switch (signalingEvent)
        {
            case SignalingEvent.RoomCreated e:
                Enter(e.Snapshot);
                Send(e);
                break;
            case SignalingEvent.RoomJoined e:
                Enter(e.Snapshot);
                Send(e);
                peer.Send(PeerServerEncoder.About("r_joined", SessionId.Parse(peer.Id)));
                break;
            case SignalingEvent.RoomLeft e:
                Leave(e);
                break;
            case SignalingEvent.RoomUpdated e:
                _room = _room is null ? null : _room with { DisplayName = e.Settings.DisplayName };
                _roomLeadsCalls = e.Settings.ServerLedCalls;
                break;
            case SignalingEvent.RoomFieldsChanged e:
                _room = _room is null ? null : _room with { Fields = e.Fields };
                break;
            case SignalingEvent.ClientJoined e when _roomLeadsCalls:
                _newcomer = e;
                break;
            case SignalingEvent.CallStarted { Part: CallPart.Offer, Phase: CallPhase.Accepted } e:
                RequestOffer(e);
                break;
            case SignalingEvent.CallStarted:
                // Whoever answers hears of the call by the offer.
                break;
            case SignalingEvent.CallEnded e when !_knownCalls.Remove(e.Call):
                break;
            case SignalingEvent.ClientLeft { Reason: LeaveReason.Banned } e:
                _lastBanned = e.ClientId;
                Send(e);
                break;
            case SignalingEvent.ClientBanned e:
                TellOfBan(e);
                break;
            default:
                Send(signalingEvent);
                break;
        }
    }

    private void Enter(RoomSnapshot snapshot)
    {
        _room = new PeerServerRoom(snapshot);
        _roomLeadsCalls = snapshot.Settings.ServerLedCalls;
    }

    private void Leave(SignalingEvent.RoomLeft left)
    {
        string name = left.Reason switch
        {
            LeaveReason.Kicked => "kicked",
            LeaveReason.Banned => "banned",
            _ => "left",
        };
        if (_room is { } room)
        {
            peer.Send(PeerServerEncoder.About(name, room));
        }

        _bannedFrom = left.Reason == LeaveReason.Banned ? left.Room : _bannedFrom;
        _lastBanned = null;
        _room = null;
        _roomLeadsCalls = false;
        _newcomer = null;
        _knownCalls.Clear();
    }

    private void RequestOffer(SignalingEvent.CallStarted started)
    {
        _knownCalls.Add(started.Call);
        Send(started);
        if (_newcomer is { } joined && joined.Member.ClientId == started.PeerId)
        {
            _newcomer = null;
            Send(joined);
        }
    }

    /// <summary>A member that is banned has left first, of which the room has heard as a ban.</summary>
    private void TellOfBan(SignalingEvent.ClientBanned banned)
    {
        if (banned.ClientId is null || banned.ClientId != _lastBanned)
        {
            Send(banned);
        }

        _lastBanned = null;
    }

    private void Send(SignalingEvent signalingEvent)
    {
        if (signalingEvent.GetOrEncode(encoder) is { IsEmpty: false } bytes)
        {
            peer.Send(bytes.Span);
        }
    }
}
