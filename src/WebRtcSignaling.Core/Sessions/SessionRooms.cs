using System.Diagnostics;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Diagnostics;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Rooms.Rules;

namespace WebRtcSignaling.Sessions;

/// <summary>The rooms of a session, and the requests about them. The remarks on <see cref="SignalingSession"/> hold here, too.</summary>
/// <remarks>
/// A <c>correlation</c> is handed back unchanged in the event that answers the request, so that a dialect can write the answer at its place
/// among the session's events.
/// </remarks>
public sealed class SessionRooms
{
    private readonly SignalingSession _session;
    private readonly SessionMemberships _memberships;
    private readonly Application _application;
    private readonly SignalingServices _services;
    private PasswordGuesses? _guesses;

    internal SessionRooms(SignalingSession session, SessionMemberships memberships, Application application, SignalingServices services)
    {
        _session = session;
        _memberships = memberships;
        _application = application;
        _services = services;
    }

    /// <summary>The rooms that the session is in.</summary>
    public IReadOnlyList<RoomId> Joined => [.. _memberships.Rooms.Select(entry => entry.Id)];

    /// <summary>Made when the first password is asked for: most sessions never need it.</summary>
    internal PasswordGuesses Guesses => _guesses ?? Interlocked.CompareExchange(ref _guesses, new PasswordGuesses(_session, _services), null) ?? _guesses;

    internal PasswordWork PasswordWork => new(_session, _services);

    /// <summary>Takes a snapshot of a room; <see langword="null"/> if the session is not in it.</summary>
    public RoomSnapshot? Find(RoomId room) =>
        _memberships.Find(room)?.State is { } state && state.Members.ContainsKey(_session.Id) ? state.Snapshot() : null;

    /// <summary>A room that both this session and another one are in at this moment; <see langword="null"/> if there is none.</summary>
    public RoomId? FindShared(SessionId other)
    {
        foreach ((RoomId id, Room room) in _memberships.Rooms)
        {
            RoomState state = room.State;
            if (state.Members.ContainsKey(_session.Id) && state.Members.ContainsKey(other))
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Creates a room with this session as its owner and first member.</summary>
    /// <param name="room">Its name; <see langword="null"/> for a generated one.</param>
    /// <param name="setup">Its settings; <see langword="null"/> for the server's defaults.</param>
    /// <param name="correlation">Handed back in <see cref="SignalingEvent.RoomCreated"/>.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>
    /// Refusals: <c>room-exists</c>, <c>already-in-room</c> if another request of this session is just entering a room of that name,
    /// <c>invalid-argument</c>, <c>limit-exceeded</c>, <c>not-permitted</c>, <c>rate-limited</c>, <c>server-stopping</c>.
    /// </returns>
    public async ValueTask<SignalingResult<RoomSnapshot>> CreateAsync(
        RoomId? room = null, RoomSetup? setup = null, object? correlation = null, CancellationToken cancellationToken = default)
    {
        using Activity? activity = SignalingMetrics.Activities.StartActivity("room.create");
        if (_session.Gate.MeterJoin() is { } tooEarly)
        {
            return Count(tooEarly);
        }

        var arrival = new RoomArrival(_session, this, _memberships, _application, _services)
        {
            Id = room ?? RoomId.Create(),
            Creating = RoomEntrance.Create,
            Correlation = correlation,
        };
        return Count(await arrival.CreateAsync(setup ?? new(), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Joins a room, or creates it if the request says so.</summary>
    /// <param name="request">Which, and how.</param>
    /// <param name="correlation">Handed back in <see cref="SignalingEvent.RoomJoined"/>.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>
    /// The room with this session in it. Refusals: <c>room-not-exists</c>, <c>already-in-room</c>, <c>wrong-password</c>,
    /// <c>too-many-attempts</c>, <c>room-full</c>, <c>banned</c>, <c>room-locked</c>, <c>room-closing</c>, <c>invalid-argument</c> where it
    /// creates the room, <c>limit-exceeded</c>, <c>not-permitted</c>, <c>rate-limited</c>, <c>server-stopping</c>.
    /// </returns>
    public async ValueTask<SignalingResult<RoomSnapshot>> JoinAsync(
        JoinRoomRequest request, object? correlation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using Activity? activity = SignalingMetrics.Activities.StartActivity("room.join");
        if (_session.Gate.MeterJoin() is { } tooEarly)
        {
            return Count(tooEarly);
        }

        var arrival = new RoomArrival(_session, this, _memberships, _application, _services)
        {
            Id = request.Room,
            Creating = RoomEntrance.JoinNew,
            Correlation = correlation,
            Data = request.Data,
        };
        return Count(await arrival.JoinOrCreateAsync(request.Password, request.CreateWith, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Leaves a room. Its answer in the session's events is <see cref="SignalingEvent.RoomLeft"/>.</summary>
    /// <param name="room">The room.</param>
    /// <param name="correlation">Handed back in the event.</param>
    /// <returns>Refusals: <c>not-in-room</c>.</returns>
    public SignalingResult Leave(RoomId room, object? correlation = null) =>
        Execute(room, new RoomCommand.Leave(_session.Id, LeaveReason.Left, correlation));

    /// <summary>Closes a room for everybody. Its answer in the session's events is <see cref="SignalingEvent.RoomLeft"/>.</summary>
    /// <param name="room">The room.</param>
    /// <param name="correlation">Handed back in the event.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>not-permitted</c>.</returns>
    public ValueTask<SignalingResult> CloseAsync(RoomId room, object? correlation = null, CancellationToken cancellationToken = default) =>
        ExecuteAsync(SignalingOperation.CloseRoom, room, null, new RoomCommand.Close(_session.Id, correlation), cancellationToken);

    /// <summary>Lists the rooms of the application that are not hidden, in the order of their names, up to <see cref="RoomOptions.MaxListed"/>.</summary>
    /// <param name="prefix">Only rooms whose name begins with this; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-permitted</c>.</returns>
    public async ValueTask<SignalingResult<RoomList>> ListAsync(string? prefix = null, CancellationToken cancellationToken = default)
    {
        SignalingError? refusal = await _session.Gate.CheckAsync(SignalingOperation.ListRooms, null, null, 0, cancellationToken).ConfigureAwait(false);
        return refusal is null ? _application.List(prefix) : _session.Gate.Reject(refusal);
    }

    /// <summary>
    /// Changes a room's settings. The permission <see cref="RoomPermissions.Lock"/> is enough to lock and unlock it; everything else needs
    /// <see cref="RoomPermissions.Update"/>.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="changes">What to change.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>not-permitted</c>, <c>invalid-argument</c>, <c>rate-limited</c>, because a new password counts as a join.</returns>
    public async ValueTask<SignalingResult> UpdateAsync(RoomId room, RoomUpdate changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);

        // Hashing costs milliseconds: nobody gets it who may not update, whose password is refused for its form, or who asks too often.
        SignalingError? refusal =
            Check(room, changes.OnlyLocks ? RoomPermissions.Lock : RoomPermissions.Update)
            ?? Arranging.CheckPassword(changes.Password)
            ?? await _session.Gate.CheckAsync(SignalingOperation.UpdateRoom, room, null, 0, cancellationToken).ConfigureAwait(false)
            ?? (string.IsNullOrEmpty(changes.Password) ? null : _session.Gate.MeterJoin());
        if (refusal is not null)
        {
            return _session.Gate.Count(refusal);
        }

        if (string.IsNullOrEmpty(changes.Password))
        {
            return Execute(room, new RoomCommand.Update(_session.Id, changes, NewPassword: null));
        }

        SignalingResult<RoomPassword> password = await PasswordWork.HashAsync(changes.Password).ConfigureAwait(false);
        return password.IsSuccess
            ? Execute(room, new RoomCommand.Update(_session.Id, changes, password.Value))
            : _session.Gate.Count(password.Error);
    }

    /// <summary>Removes a member with a lower role from a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="target">Whom.</param>
    /// <param name="message">A sentence for it, up to 256 characters.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>target-not-found</c>, <c>not-permitted</c>, <c>invalid-argument</c>.</returns>
    public async ValueTask<SignalingResult> KickAsync(
        RoomId room, SessionId target, string? message = null, CancellationToken cancellationToken = default) =>
        BanRequest.CheckReason(message) is { } refusal
            ? _session.Gate.Count(refusal)
            : await ExecuteAsync(SignalingOperation.Kick, room, target, new RoomCommand.Kick(_session.Id, target, message), cancellationToken)
                .ConfigureAwait(false);

    /// <summary>Removes somebody from a room and keeps it from joining again.</summary>
    /// <param name="room">The room.</param>
    /// <param name="ban">Whom, why, and for how long.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>
    /// Refusals: <c>not-in-room</c>, <c>target-not-found</c>, <c>already-banned</c>, <c>not-permitted</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>.
    /// </returns>
    public async ValueTask<SignalingResult> BanAsync(RoomId room, BanRequest ban, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ban);

        // Looking the target up tells whether it exists: only those hear that who may ban it.
        if (Check(room, RoomPermissions.Ban) is { } refusal)
        {
            return _session.Gate.Count(refusal with { TargetId = ban.Target?.Value });
        }

        SignalingResult<RoomBan> entry = ban.Resolve(room, _application, _services.Time.GetUtcNow());
        return entry.IsSuccess
            ? await ExecuteAsync(SignalingOperation.Ban, room, ban.Target, new RoomCommand.Ban(_session.Id, entry.Value), cancellationToken)
                .ConfigureAwait(false)
            : _session.Gate.Count(entry.Error);
    }

    /// <summary>Lifts a ban.</summary>
    /// <param name="room">The room.</param>
    /// <param name="target">The session that was banned, or <see langword="null"/>.</param>
    /// <param name="username">The username that was banned, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>not-banned</c>, <c>not-permitted</c>.</returns>
    public ValueTask<SignalingResult> UnbanAsync(
        RoomId room, SessionId? target, string? username = null, CancellationToken cancellationToken = default) =>
        ExecuteAsync(SignalingOperation.Unban, room, target, new RoomCommand.Unban(_session.Id, target, username), cancellationToken);

    /// <summary>
    /// Gives a member a role below that of this session. An owner can also make somebody else the owner, and becomes a moderator then.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="target">Whom.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>target-not-found</c>, <c>not-permitted</c>, <c>invalid-argument</c>.</returns>
    public ValueTask<SignalingResult> SetRoleAsync(
        RoomId room, SessionId target, RoomRole role, CancellationToken cancellationToken = default) =>
        ExecuteAsync(SignalingOperation.SetRole, room, target, new RoomCommand.SetRole(_session.Id, target, role), cancellationToken);

    /// <summary>Sets fields of a room, up to <see cref="RoomOptions.MaxFields"/>, and <see cref="RoomOptions.MaxFieldBytes"/> in total.</summary>
    /// <param name="room">The room.</param>
    /// <param name="update">What to change.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>not-permitted</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>.</returns>
    public ValueTask<SignalingResult> SetFieldsAsync(RoomId room, FieldUpdate update, CancellationToken cancellationToken = default) =>
        ExecuteAsync(SignalingOperation.SetFields, room, null, new RoomCommand.SetRoomFields(_session.Id, update), cancellationToken);

    /// <summary>Sets this session's own fields in one room, up to <see cref="RoomOptions.MaxFields"/>, and <see cref="RoomOptions.MaxFieldBytes"/> in total.</summary>
    /// <param name="room">The room.</param>
    /// <param name="update">What to change.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>not-permitted</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>.</returns>
    public ValueTask<SignalingResult> SetMemberFieldsAsync(RoomId room, FieldUpdate update, CancellationToken cancellationToken = default) =>
        ExecuteAsync(SignalingOperation.SetFields, room, null, new RoomCommand.SetMemberFields(_session.Id, update), cancellationToken);

    /// <summary>Carries out a command in a room that the session is in, if the host app agrees.</summary>
    internal async ValueTask<SignalingResult> ExecuteAsync(
        SignalingOperation operation, RoomId room, SessionId? target, RoomCommand command, CancellationToken cancellationToken)
    {
        SignalingError? refusal = await _session.Gate.CheckAsync(operation, room, target, 0, cancellationToken).ConfigureAwait(false);
        return refusal is null ? Execute(room, command) : _session.Gate.Count(refusal);
    }

    /// <summary>Why the session may not do something, before work is put into it; the room decides again when it is done.</summary>
    private SignalingError? Check(RoomId room, RoomPermissions permission) =>
        _session.IsClosed ? SignalingErrors.SessionClosed
        : _memberships.Find(room) is { } found ? found.State.Check(_session.Id, permission)
        : SignalingErrors.NotInRoom(room);

    private SignalingResult Execute(RoomId room, RoomCommand command) =>
        _session.Gate.Count(_memberships.Find(room)?.Execute(command) ?? SignalingErrors.NotInRoom(room));

    private SignalingResult<RoomSnapshot> Count(SignalingResult<RoomSnapshot> result) =>
        result.IsSuccess ? result : _session.Gate.Reject(result.Error);
}
