using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Rooms.Rules;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Applications;

/// <summary>
/// One application, as code of the host app sees it: everything in it, with no permission checks. Safe for concurrent use. One that a session created ends with its last
/// session and its last room; this object is empty then and refuses additions with <c>application-not-exists</c>, even when there is a new application of its name.
/// </summary>
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

    /// <summary>Its settings. Do not change them: what happens then is undefined.</summary>
    public ApplicationOptions Options => _application.Options;

    /// <summary>
    /// Its own fields, which some dialects (EasyRTC's) send to a client when its session begins. Values have to be JSON in UTF-8 if clients of JSON dialects are to read
    /// them.
    /// </summary>
    public FieldMap Fields => _application.Fields;

    /// <summary>Its sessions at this moment, in no particular order.</summary>
    public IReadOnlyList<SignalingSession> Sessions => [.. _application.Sessions];

    /// <summary>Its rooms at this moment, the hidden ones included, in no particular order.</summary>
    public IReadOnlyList<RoomSnapshot> Rooms => [.. _application.Rooms.Select(room => room.State.Snapshot())];

    /// <summary>How many rooms it has.</summary>
    public int RoomCount => _application.RoomCount;

    /// <summary>Finds a session; <see langword="null"/> if there is none with that id.</summary>
    public SignalingSession? FindSession(SessionId id) => _application.FindSession(id);

    /// <summary>
    /// Takes a snapshot of a room; <see langword="null"/> if there is none with that name. A standing room is found also while nobody is in it.
    /// </summary>
    public RoomSnapshot? FindRoom(RoomId id) => (_application.FindRoom(id)?.State ?? _services.StandingRooms.GetValueOrDefault(id))?.Snapshot();

    /// <summary>
    /// Creates a room with nobody in it and no owner; with <see cref="OwnerLeavesPolicy.HandOver"/>, whoever joins first becomes its owner.
    /// </summary>
    /// <param name="id">Its name; <see langword="null"/> for a generated one.</param>
    /// <param name="setup">
    /// Its settings; <see langword="null"/> for the defaults. With an <see cref="RoomSetup.EmptyTimeout"/> of <see langword="null"/> it stays until the host closes it.
    /// </param>
    /// <returns>Refusals: <c>room-exists</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>.</returns>
    public SignalingResult<RoomSnapshot> CreateRoom(RoomId? id = null, RoomSetup? setup = null)
    {
        setup ??= new();
        if (Arranging.CheckPassword(setup.Password) is { } refusal)
        {
            return refusal;
        }

        SignalingResult<RoomState> state =
            Arranging.Create(id ?? RoomId.Create(), setup, RoomPassword.HashAny(setup.Password), _services.RoomRules);
        return state.IsSuccess ? new Room(_application, state.Value, origin: null, _services.Time).Open(creator: null, enter: null) : state.Error;
    }

    /// <summary>
    /// Sets the application's own fields: up to <see cref="SessionOptions.MaxFields"/>, and <see cref="SessionOptions.MaxFieldBytes"/> in total. Clients that are already
    /// connected are not told.
    /// </summary>
    /// <returns>Refusals: <c>invalid-argument</c>, <c>limit-exceeded</c>, <c>application-not-exists</c>.</returns>
    public SignalingResult SetFields(FieldUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return _application.SetFields(update);
    }

    /// <summary>Closes a room for everybody in it.</summary>
    /// <returns>Refusals: <c>room-not-exists</c>.</returns>
    public SignalingResult CloseRoom(RoomId id) => Execute(id, new RoomCommand.Close(By: null, Correlation: null));

    /// <summary>
    /// Closes a room after a time of grace. From now on nobody can join it (<c>room-closing</c>); its members are told, and can use it as before. It closes, as with
    /// <see cref="CloseRoom"/>, when the time is over or the last member has left. A second call can only shorten the time.
    /// </summary>
    /// <param name="id">The room.</param>
    /// <param name="grace">How long the room stays open, 0 to 1 d; <see langword="null"/> for <see cref="Draining.DrainOptions.RoomGrace"/>.</param>
    /// <returns>Refusals: <c>room-not-exists</c>, <c>invalid-argument</c>.</returns>
    public SignalingResult DrainRoom(RoomId id, TimeSpan? grace = null)
    {
        TimeSpan time = grace ?? _services.Options.Drain.RoomGrace;
        return time < TimeSpan.Zero || time > TimeSpan.FromDays(1)
            ? SignalingErrors.InvalidArgument("A room is drained within 0 to 1 d.")
            : Execute(id, new RoomCommand.Drain(time));
    }

    /// <summary>Changes a room's settings.</summary>
    /// <returns>Refusals: <c>room-not-exists</c>, <c>invalid-argument</c>.</returns>
    public SignalingResult UpdateRoom(RoomId id, RoomUpdate changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return Arranging.CheckPassword(changes.Password) is { } refusal
            ? refusal
            : Execute(id, new RoomCommand.Update(By: null, changes, RoomPassword.HashAny(changes.Password)));
    }

    /// <summary>Sets fields of a room.</summary>
    /// <returns>Refusals: <c>room-not-exists</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>.</returns>
    public SignalingResult SetRoomFields(RoomId id, FieldUpdate update) => Execute(id, new RoomCommand.SetRoomFields(By: null, update));

    /// <summary>Gives a member a role; with <see cref="RoomRole.Owner"/>, the old owner becomes a moderator.</summary>
    /// <returns>Refusals: <c>room-not-exists</c>, <c>target-not-found</c>, <c>invalid-argument</c>.</returns>
    public SignalingResult SetRole(RoomId id, SessionId target, RoomRole role) =>
        Execute(id, new RoomCommand.SetRole(By: null, target, role));

    /// <summary>Removes a member from a room.</summary>
    /// <returns>Refusals: <c>room-not-exists</c>, <c>target-not-found</c>, <c>invalid-argument</c>.</returns>
    public SignalingResult Kick(RoomId id, SessionId target, string? message = null) =>
        BanRequest.CheckReason(message) ?? Execute(id, new RoomCommand.Kick(By: null, target, message));

    /// <summary>Removes somebody from a room and keeps it from joining again.</summary>
    /// <returns>Refusals: <c>room-not-exists</c>, <c>target-not-found</c>, <c>already-banned</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>.</returns>
    public SignalingResult Ban(RoomId id, BanRequest ban)
    {
        ArgumentNullException.ThrowIfNull(ban);
        SignalingResult<RoomBan> entry = ban.Resolve(id, _application, _services.Time.GetUtcNow());
        return entry.IsSuccess ? Execute(id, new RoomCommand.Ban(By: null, entry.Value)) : entry.Error;
    }

    /// <summary>Lifts a ban.</summary>
    /// <returns>Refusals: <c>room-not-exists</c>, <c>not-banned</c>.</returns>
    public SignalingResult Unban(RoomId id, SessionId? target, string? username = null) =>
        Execute(id, new RoomCommand.Unban(By: null, target, username));

    /// <summary>Sends data to all members of a room; they hear a <see cref="SignalingEvent.MessageReceived"/> without a sender.</summary>
    /// <param name="id">The room.</param>
    /// <param name="data">The content: one JSON value in UTF-8 if clients of JSON dialects are to read it. The bytes must not change afterwards.</param>
    /// <returns>Refusals: <c>room-not-exists</c>.</returns>
    public SignalingResult SendToRoom(RoomId id, ReadOnlyMemory<byte> data) =>
        Execute(id, new RoomCommand.SendMessage(By: null, Target: null, data, Echo: true));

    /// <summary>Sends data to one session, in whichever rooms it is.</summary>
    /// <param name="target">The session.</param>
    /// <param name="data">As in <see cref="SendToRoom"/>.</param>
    /// <returns>Refusals: <c>target-not-found</c>.</returns>
    public SignalingResult SendToSession(SessionId target, ReadOnlyMemory<byte> data)
    {
        if (_application.FindSession(target) is not { } session)
        {
            return SignalingErrors.TargetNotFound(default, target);
        }

        session.Deliver(new SignalingEvent.MessageReceived(null, null, null, target, data));
        return SignalingResult.Success;
    }

    /// <summary>Sends data to all sessions in a group. Nothing happens if the group is empty.</summary>
    /// <param name="group">The group.</param>
    /// <param name="data">As in <see cref="SendToRoom"/>.</param>
    public void SendToGroup(string group, ReadOnlyMemory<byte> data) =>
        _application.Groups.Tell(group, except: null, new SignalingEvent.MessageReceived(null, group, null, null, data));

    /// <summary>Puts a session into a group.</summary>
    /// <returns>Refusals: <c>target-not-found</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>, <c>session-closed</c>.</returns>
    public SignalingResult AddToGroup(SessionId target, string group) =>
        _application.FindSession(target)?.Groups.Add(group) ?? SignalingErrors.TargetNotFound(default, target);

    /// <summary>Takes a session out of a group.</summary>
    /// <returns>Refusals: <c>target-not-found</c>, <c>not-in-group</c>.</returns>
    public SignalingResult RemoveFromGroup(SessionId target, string group) =>
        _application.FindSession(target)?.Groups.Leave(group) ?? SignalingErrors.TargetNotFound(default, target);

    /// <summary>Asks the provider again for the ICE servers of a session, and sends them to it.</summary>
    /// <param name="target">The session.</param>
    /// <param name="cancellationToken">Cancels waiting for the provider.</param>
    /// <returns>Refusals: <c>target-not-found</c>, and those of <see cref="SignalingSession.GetIceServersAsync"/>.</returns>
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
