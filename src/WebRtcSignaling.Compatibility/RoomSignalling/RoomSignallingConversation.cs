using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.RoomSignalling;

/// <summary>The room-signalling dialect with one client.</summary>
internal sealed class RoomSignallingConversation : IEventConversation
{
    /// <summary>The owner of these rooms closes them by leaving.</summary>
    private static readonly RoomSetup _setup = new() { OwnerLeaves = OwnerLeavesPolicy.Close };

    private readonly RoomSignallingDialect _dialect;
    private readonly IEventPeer _peer;
    private readonly EventSession _session;

    public RoomSignallingConversation(RoomSignallingDialect dialect, IEventPeer peer, RoomSignallingEncoder encoder)
    {
        _dialect = dialect;
        _peer = peer;
        _session = new EventSession(peer, new RoomSignallingSink(peer, encoder));
    }

    public async ValueTask ReceiveAsync(EventMessage message)
    {
        if (!_dialect.ClientEvents.Contains(message.Name))
        {
            return;
        }

        if (!RoomId.TryParse(message.Arguments.GetString(0), out RoomId room))
        {
            _peer.Send(RoomSignallingEncoder.Error($"A room's name is a text of 1 to {RoomId.MaxLength} characters."));
            return;
        }

        SignalingResult<SignalingSession> session = await _session.GetAsync().ConfigureAwait(false);
        SignalingError? refusal = session.IsSuccess
            ? await HandleAsync(session.Value, room, message).ConfigureAwait(false)
            : session.Error;
        if (refusal is not null)
        {
            _peer.Send(Refusal(room, refusal));
        }
    }

    public void Refuse(EventMessage message, SignalingError refusal) => _peer.Send(RoomSignallingEncoder.Error(refusal.Message));

    public void End(SessionCloseReason reason) => _session.End(reason);

    private async ValueTask<SignalingError?> HandleAsync(SignalingSession session, RoomId room, EventMessage message)
    {
        switch (message.Name)
        {
            case "room-create":
                return (await session.Rooms.CreateAsync(room, _setup, cancellationToken: _peer.Ended).ConfigureAwait(false)).Error;
            case "room-join":
                return await JoinAsync(session, room).ConfigureAwait(false);
            case "room-leave":
                return session.Rooms.Leave(room).Error;
            default:
                // signal-send, the last one that there is.
                return await SendSignalAsync(session, room, message.Arguments).ConfigureAwait(false);
        }
    }

    private async ValueTask<SignalingError?> JoinAsync(SignalingSession session, RoomId room)
    {
        SignalingResult<RoomSnapshot> joined =
            await session.Rooms.JoinAsync(new JoinRoomRequest { Room = room }, cancellationToken: _peer.Ended).ConfigureAwait(false);
        if (joined.Error?.Code == SignalingErrorCode.AlreadyInRoom && session.Rooms.Find(room) is { } current)
        {
            // Its clients may join again, and want to be told what they know.
            _peer.Send(RoomSignallingEncoder.Joined(current, session.Id));
            return null;
        }

        return joined.Error;
    }

    private async ValueTask<SignalingError?> SendSignalAsync(SignalingSession session, RoomId room, EventArguments arguments)
    {
        if (!SessionId.TryParse(arguments.GetString(1), out SessionId target))
        {
            return new SignalingError(SignalingErrorCode.InvalidArgument, "A targetId is a text of 1 to 64 characters.");
        }

        // A signal to oneself is dropped without a word, but only a member's.
        bool isToItself = target == session.Id && session.Rooms.Find(room) is not null;
        return isToItself
            ? null
            : (await session.SendSignalAsync(room, target, SignalKind.Plain, arguments.GetRaw(2), _peer.Ended).ConfigureAwait(false)).Error;
    }

    private static byte[] Refusal(RoomId room, SignalingError refusal) => refusal.Code switch
    {
        SignalingErrorCode.RoomExists => RoomSignallingEncoder.Write("room-exists", room),
        SignalingErrorCode.RoomNotExists => RoomSignallingEncoder.Write("room-not-exists", room),
        SignalingErrorCode.NotInRoom => RoomSignallingEncoder.Write("not-in-room", room),
        SignalingErrorCode.TargetNotFound => RoomSignallingEncoder.Write("target-not-found", room, SessionId.Parse(refusal.TargetId!)),
        _ => RoomSignallingEncoder.Error(refusal.Message),
    };
}
