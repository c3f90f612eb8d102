using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Rooms.Rules;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Applications;

/// <summary>One application as the host sees it: everything in it, and the right to do anything. Safe for concurrent use.</summary>
public sealed class SignalingApplication
{
    private readonly Application _application;
    private readonly SignalingServices _services;

    internal SignalingApplication(Application application, SignalingServices services)
    {
        _application = application;
        _services = services;
    }

    /// <summary>Its name.</summary>
    public string Name => _application.Name;

    /// <summary>Its settings. Changing them now has no defined effect.</summary>
    public ApplicationOptions Options => _application.Options;

    /// <summary>
    /// Its own fields, for clients whose vocabulary tells them when their session begins. JSON values in UTF-8, if clients of the JSON dialects are to
    /// understand them.
    /// </summary>
    public FieldMap Fields => _application.Fields;

    /// <summary>Its sessions at this moment, in no particular order.</summary>
    public IReadOnlyList<SignalingSession> Sessions => [.. _application.Sessions];

    /// <summary>Its rooms at this moment, the hidden ones included, in no particular order.</summary>
    public IReadOnlyList<RoomSnapshot> Rooms => [.. _application.Rooms.Select(room => room.State.Snapshot())];

    /// <summary>How many rooms it has.</summary>
    public int RoomCount => _application.RoomCount;

    /// <summary>A session; <see langword="null"/> if there is none of that id.</summary>
    public SignalingSession? FindSession(SessionId id) => _application.FindSession(id);

    /// <summary>A room as it is now; <see langword="null"/> if there is none of that name.</summary>
    public RoomSnapshot? FindRoom(RoomId id) => _application.FindRoom(id)?.State.Snapshot();

    /// <summary>
    /// Creates a room with nobody in it and no owner; with <see cref="OwnerLeavesPolicy.HandOver"/>, whoever joins first becomes its owner.
    /// </summary>
    /// <param name="id">Its name; <see langword="null"/> for a generated one.</param>
    /// <param name="setup">What it shall be like. With an <see cref="RoomSetup.EmptyTimeout"/> of <see langword="null"/> it stays until the
    /// host closes it.</param>
    public SignalingResult<RoomSnapshot> CreateRoom(RoomId? id = null, RoomSetup? setup = null)
    {
        setup ??= new();
        if (Arranging.CheckPassword(setup.Password) is { } refusal)
        {
            return refusal;
        }

        SignalingResult<RoomState> state =
            Arranging.Create(id ?? RoomId.Create(), setup, RoomPassword.Hash(setup.Password), _services.RoomRules);
        return state.IsSuccess ? new Room(_application, state.Value, origin: null, _services.Time).Open(creator: null, enter: null) : state.Error;
    }

    /// <summary>Sets the application's own fields, up to <see cref="SessionOptions.MaxFieldBytes"/> together. Clients that are there already hear nothing.</summary>
    public SignalingResult SetFields(FieldUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _application.SetFields(update);
    }

    /// <summary>Closes a room for all.</summary>
    public SignalingResult CloseRoom(RoomId id) => Execute(id, new RoomCommand.Close(By: null, Correlation: null));

    /// <summary>
    /// Closes a room without haste: nobody gets in from now on (<c>room-closing</c>), its members are told and go on as ever, and when the time is over, or the last one has
    /// left, it closes as with <see cref="CloseRoom"/>. Doing so again can only shorten the time.
    /// </summary>
    /// <param name="id">The room.</param>
    /// <param name="grace">How long it stays, 0 to 1 d; <see langword="null"/> for <see cref="Draining.DrainOptions.RoomGrace"/>.</param>
    public SignalingResult DrainRoom(RoomId id, TimeSpan? grace = null)
    {
        TimeSpan time = grace ?? _services.Options.Drain.RoomGrace;
        return time < TimeSpan.Zero || time > TimeSpan.FromDays(1)
            ? SignalingErrors.InvalidArgument("A room is drained within 0 to 1 d.")
            : Execute(id, new RoomCommand.Drain(time));
    }

    /// <summary>Changes a room's settings.</summary>
    public SignalingResult UpdateRoom(RoomId id, RoomUpdate changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return Arranging.CheckPassword(changes.Password) is { } refusal
            ? refusal
            : Execute(id, new RoomCommand.Update(By: null, changes, RoomPassword.Hash(changes.Password)));
    }

    /// <summary>Sets fields of a room.</summary>
    public SignalingResult SetRoomFields(RoomId id, FieldUpdate update) => Execute(id, new RoomCommand.SetRoomFields(By: null, update));

    /// <summary>Gives a member a role; with <see cref="RoomRole.Owner"/>, the old owner becomes a moderator.</summary>
    public SignalingResult SetRole(RoomId id, SessionId target, RoomRole role) =>
        Execute(id, new RoomCommand.SetRole(By: null, target, role));

    /// <summary>Puts a member out of a room.</summary>
    public SignalingResult Kick(RoomId id, SessionId target, string? message = null) =>
        BanRequest.CheckReason(message) ?? Execute(id, new RoomCommand.Kick(By: null, target, message));

    /// <summary>Puts somebody out of a room and keeps it out.</summary>
    public SignalingResult Ban(RoomId id, BanRequest ban)
    {
        ArgumentNullException.ThrowIfNull(ban);
        SignalingResult<RoomBan> entry = ban.Resolve(id, _application, _services.Time.GetUtcNow());
        return entry.IsSuccess ? Execute(id, new RoomCommand.Ban(By: null, entry.Value)) : entry.Error;
    }

    /// <summary>Lifts a ban.</summary>
    public SignalingResult Unban(RoomId id, SessionId? target, string? username = null) =>
        Execute(id, new RoomCommand.Unban(By: null, target, username));

    /// <summary>Sends data to all members of a room; they hear a <see cref="SignalingEvent.MessageReceived"/> without a sender.</summary>
    /// <param name="id">The room.</param>
    /// <param name="data">The content: one JSON value in UTF-8, if clients of the JSON dialects are to understand it. Must not change
    /// afterwards.</param>
    public SignalingResult SendToRoom(RoomId id, ReadOnlyMemory<byte> data) =>
        Execute(id, new RoomCommand.SendMessage(By: null, Target: null, data, Echo: true));

    /// <summary>Sends data to one session, whatever rooms it is in.</summary>
    /// <param name="target">The session.</param>
    /// <param name="data">As in <see cref="SendToRoom"/>.</param>
    public SignalingResult SendToSession(SessionId target, ReadOnlyMemory<byte> data)
    {
        if (_application.FindSession(target) is not { } session)
        {
            return SignalingErrors.TargetNotFound(default, target);
        }

        session.Deliver(new SignalingEvent.MessageReceived(null, null, null, target, data));
        return SignalingResult.Success;
    }

    /// <summary>Sends data to all in a group; a group with nobody in it takes it silently.</summary>
    /// <param name="group">The group.</param>
    /// <param name="data">As in <see cref="SendToRoom"/>.</param>
    public void SendToGroup(string group, ReadOnlyMemory<byte> data) =>
        _application.Groups.Tell(group, except: null, new SignalingEvent.MessageReceived(null, group, null, null, data));

    /// <summary>Puts a session into a group.</summary>
    public SignalingResult AddToGroup(SessionId target, string group) =>
        _application.FindSession(target)?.Groups.Add(group) ?? SignalingErrors.TargetNotFound(default, target);

    /// <summary>Takes a session out of a group.</summary>
    public SignalingResult RemoveFromGroup(SessionId target, string group) =>
        _application.FindSession(target)?.Groups.Leave(group) ?? SignalingErrors.TargetNotFound(default, target);

    /// <summary>Tells a session to use other ICE servers from now on: those that the provider gives for it at this moment.</summary>
    /// <param name="target">The session.</param>
    /// <param name="cancellationToken">Cancels waiting for the provider.</param>
    public async ValueTask<SignalingResult> RefreshIceServersAsync(SessionId target, CancellationToken cancellationToken = default)
    {
        if (_application.FindSession(target) is not { } session)
        {
            return SignalingErrors.TargetNotFound(default, target);
        }

        var servers = await session.GetIceServersAsync(cancellationToken).ConfigureAwait(false);
        if (!servers.IsSuccess)
        {
            return servers.Error;
        }

        session.Deliver(new SignalingEvent.IceServersChanged(servers.Value));
        return SignalingResult.Success;
    }

    private SignalingResult Execute(RoomId id, RoomCommand command) =>
        _application.FindRoom(id)?.Execute(command) ?? SignalingErrors.RoomNotExists(id);
}
