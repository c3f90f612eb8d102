using WebRtcSignaling.Calls;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Events;

/// <summary>
/// An event that a session receives. The nested records below are all there are. An event is immutable, and all sessions that receive it
/// get the same object, so that a dialect can encode it once (<see cref="GetOrEncode"/>). Signals are delivered as <see cref="Signal"/>
/// instead, which allocates nothing; <see cref="SignalReceived"/> is their form in a queue.
/// </summary>
public abstract record SignalingEvent
{
    private EncodedForm? _encoded;

    private SignalingEvent()
    {
    }

    /// <summary>Compares what happened, and not what has been encoded so far.</summary>
    public virtual bool Equals(SignalingEvent? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>
    /// This event as bytes of a dialect, which are encoded at the first call and kept. It is called under the lock of the one room, group
    /// or session that the event comes from, and so never concurrently.
    /// </summary>
    /// <param name="encoder">The dialect; the same instance for all its connections.</param>
    public ReadOnlyMemory<byte> GetOrEncode(IEventEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        for (EncodedForm? form = _encoded; form is not null; form = form.Next)
        {
            if (ReferenceEquals(form.Encoder, encoder))
            {
                return form.Bytes;
            }
        }

        ReadOnlyMemory<byte> bytes = encoder.Encode(this);
        _encoded = new EncodedForm(encoder, bytes, _encoded);
        return bytes;
    }

    /// <summary>This session created a room and is in it.</summary>
    /// <param name="Snapshot">The room.</param>
    /// <param name="Correlation">What the request carried for its answer.</param>
    public sealed record RoomCreated(RoomSnapshot Snapshot, object? Correlation) : SignalingEvent;

    /// <summary>This session joined a room.</summary>
    /// <param name="Snapshot">The room, this session included.</param>
    /// <param name="IsNew">Whether joining created it.</param>
    /// <param name="Correlation">What the request carried for its answer.</param>
    public sealed record RoomJoined(RoomSnapshot Snapshot, bool IsNew, object? Correlation) : SignalingEvent;

    /// <summary>This session is no longer in the room.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="ByRequest">Whether the session itself asked for it.</param>
    /// <param name="Message">A sentence for people, from whoever removed it.</param>
    /// <param name="Correlation">What the request carried for its answer.</param>
    public sealed record RoomLeft(RoomId Room, LeaveReason Reason, bool ByRequest, string? Message, object? Correlation) : SignalingEvent;

    /// <summary>Another client joined.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="Member">Who joined.</param>
    public sealed record ClientJoined(RoomId Room, RoomMember Member) : SignalingEvent;

    /// <summary>Another client left the room, or was removed from it.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="ClientId">Who left.</param>
    /// <param name="Reason">Why.</param>
    public sealed record ClientLeft(RoomId Room, SessionId ClientId, LeaveReason Reason) : SignalingEvent;

    /// <summary>Another member's connection is lost. It is still a member, and may come back soon.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="ClientId">Who is away.</param>
    public sealed record ClientSuspended(RoomId Room, SessionId ClientId) : SignalingEvent;

    /// <summary>Another member is back after its connection was lost.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="ClientId">Who is back.</param>
    public sealed record ClientResumed(RoomId Room, SessionId ClientId) : SignalingEvent;

    /// <summary>The room has another owner, or none.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="OwnerId">The owner from now on; <see langword="null"/> for none.</param>
    public sealed record OwnerChanged(RoomId Room, SessionId? OwnerId) : SignalingEvent;

    /// <summary>A member has another role.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="ClientId">The member.</param>
    /// <param name="Role">Its role from now on.</param>
    public sealed record RoleChanged(RoomId Room, SessionId ClientId, RoomRole Role) : SignalingEvent;

    /// <summary>The room's settings changed.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="Settings">All settings, as they are from now on.</param>
    public sealed record RoomUpdated(RoomId Room, RoomSettings Settings) : SignalingEvent;

    /// <summary>The host is going to close the room; nobody can join it any more.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="ClosesIn">The time until it closes. Then its name is free.</param>
    public sealed record RoomDraining(RoomId Room, TimeSpan ClosesIn) : SignalingEvent;

    /// <summary>Somebody was banned.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="ClientId">The session, where the ban names one.</param>
    /// <param name="Username">The username, where the ban names only that.</param>
    /// <param name="Until">When it ends; <see langword="null"/> for never.</param>
    public sealed record ClientBanned(RoomId Room, SessionId? ClientId, string? Username, DateTimeOffset? Until) : SignalingEvent;

    /// <summary>A ban was lifted.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="ClientId">The session, where the ban named one.</param>
    /// <param name="Username">The username, where the ban named only that.</param>
    public sealed record ClientUnbanned(RoomId Room, SessionId? ClientId, string? Username) : SignalingEvent;

    /// <summary>A member switched something on or off.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="ClientId">The member.</param>
    /// <param name="Resource">What it switched.</param>
    /// <param name="Enabled">Whether that is on from now on.</param>
    /// <param name="Media">Everything that it has on from now on.</param>
    public sealed record ResourceToggled(RoomId Room, SessionId ClientId, MediaResources Resource, bool Enabled, MediaResources Media)
        : SignalingEvent;

    /// <summary>A member's presence changed.</summary>
    /// <param name="Room">A room that both are in.</param>
    /// <param name="ClientId">The member.</param>
    /// <param name="Presence">Its presence from now on.</param>
    /// <param name="Member">All that the room shows of it from now on.</param>
    public sealed record PresenceChanged(RoomId Room, SessionId ClientId, Presence Presence, RoomMember Member) : SignalingEvent;

    /// <summary>The room's fields changed.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="Fields">All its fields from now on.</param>
    public sealed record RoomFieldsChanged(RoomId Room, FieldMap Fields) : SignalingEvent;

    /// <summary>A member's fields in this room changed.</summary>
    /// <param name="Room">The room.</param>
    /// <param name="ClientId">The member.</param>
    /// <param name="Fields">All its fields in this room from now on.</param>
    /// <param name="Member">All that the room shows of it from now on.</param>
    public sealed record MemberFieldsChanged(RoomId Room, SessionId ClientId, FieldMap Fields, RoomMember Member) : SignalingEvent;

    /// <summary>A member's own fields, the same in all its rooms, changed.</summary>
    /// <param name="Room">A room that both are in.</param>
    /// <param name="ClientId">The member.</param>
    /// <param name="Fields">All its own fields from now on.</param>
    public sealed record SessionFieldsChanged(RoomId Room, SessionId ClientId, FieldMap Fields) : SignalingEvent;

    /// <summary>A message with data of the app arrived.</summary>
    /// <param name="Room">The room through which it came, if any.</param>
    /// <param name="Group">The group through which it came, if any.</param>
    /// <param name="SenderId">Who sent it; <see langword="null"/> for the host application.</param>
    /// <param name="TargetId">This session, if the message was for it alone.</param>
    /// <param name="Data">The content, byte for byte.</param>
    public sealed record MessageReceived(RoomId? Room, string? Group, SessionId? SenderId, SessionId? TargetId, ReadOnlyMemory<byte> Data)
        : SignalingEvent;

    /// <summary>A call with this session began.</summary>
    /// <param name="Room">The room it belongs to.</param>
    /// <param name="Call">Its name.</param>
    /// <param name="PeerId">The other party.</param>
    /// <param name="Part">What this session does in it.</param>
    /// <param name="Phase">Whether it rings first.</param>
    /// <param name="Data">Data that the caller sent with the call.</param>
    /// <param name="Correlation">What the request carried for its answer.</param>
    public sealed record CallStarted(
        RoomId Room, CallId Call, SessionId PeerId, CallPart Part, CallPhase Phase, ReadOnlyMemory<byte> Data, object? Correlation) : SignalingEvent;

    /// <summary>The called party has accepted the call.</summary>
    /// <param name="Room">The room that the call belongs to.</param>
    /// <param name="Call">Its name.</param>
    public sealed record CallAccepted(RoomId Room, CallId Call) : SignalingEvent;

    /// <summary>A call of this session ended. There is exactly one such event for each call.</summary>
    /// <param name="Room">The room it belonged to.</param>
    /// <param name="Call">Its name.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="ClientId">Who caused it; <see langword="null"/> if nobody did.</param>
    public sealed record CallEnded(RoomId Room, CallId Call, CallEndReason Reason, SessionId? ClientId) : SignalingEvent;

    /// <summary>The session is to use other ICE servers from now on.</summary>
    /// <param name="Servers">All of them, in order of preference.</param>
    public sealed record IceServersChanged(IReadOnlyList<IceServer> Servers) : SignalingEvent;

    /// <summary>
    /// Direct signals of this session to an id that did not connect in time are dropped; one event stands for all that waited together.
    /// Only where <see cref="Applications.ApplicationOptions.WaitingSignals"/> lets signals wait.
    /// </summary>
    /// <param name="TargetId">The id.</param>
    public sealed record SignalExpired(SessionId TargetId) : SignalingEvent;

    /// <summary>A signal, in the form in which a queue keeps it. See <see cref="Signal"/> for the members.</summary>
    /// <param name="Room">The room through which it came, if any.</param>
    /// <param name="SenderId">Who sent it.</param>
    /// <param name="Call">The call that it belongs to, if any.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Payload">The content, byte for byte.</param>
    public sealed record SignalReceived(RoomId? Room, SessionId SenderId, CallId? Call, SignalKind Kind, ReadOnlyMemory<byte> Payload)
        : SignalingEvent;

    private sealed record EncodedForm(IEventEncoder Encoder, ReadOnlyMemory<byte> Bytes, EncodedForm? Next);
}
