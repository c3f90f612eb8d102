using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Rooms.Rules;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// One session's way into one room. The room may close or appear at any moment of it; what has been asked by then (the session's rate, the
/// host app, a new password's hash) is not asked again, so that others who come and go cost it nothing but another look.
/// </summary>
internal sealed class RoomArrival(
    SignalingSession session, SessionRooms rooms, SessionMemberships memberships, Application application, SignalingServices services)
{
    private AuthorizationDecision? _joining;
    private NewRoom? _creating;

    /// <summary>The room's name.</summary>
    public required RoomId Id { get; init; }

    /// <summary>How it comes in where it creates the room.</summary>
    public required RoomEntrance Creating { get; init; }

    /// <summary>Handed back in the event that tells of it.</summary>
    public object? Correlation { get; init; }

    /// <summary>What the client says to the host app along with it.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>
    /// Joins the room if there is one, and else creates it. It goes on until it is in or is refused: each time that the room has closed or
    /// appeared meanwhile, somebody else has come further, and whoever opens a room pays for that with its rate.
    /// </summary>
    /// <param name="password">What is said for the room's password.</param>
    /// <param name="createWith">What to create; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    public async ValueTask<SignalingResult<RoomSnapshot>> JoinOrCreateAsync(
        string? password, RoomSetup? createWith, CancellationToken cancellationToken)
    {
        while (true)
        {
            Room? room = application.FindRoom(Id);
            SignalingResult<RoomSnapshot> result =
                room is not null ? await JoinAsync(room, isOpen: true, password, cancellationToken).ConfigureAwait(false)
                : services.StandingRooms.TryGetValue(Id, out RoomState? standing) ? await JoinAsync(
                    new Room(application, standing, origin: null, services.Time), isOpen: false, password, cancellationToken).ConfigureAwait(false)
                : createWith is not null ? await CreateAsync(createWith, cancellationToken).ConfigureAwait(false)
                : SignalingErrors.RoomNotExists(Id);
            string changedMeanwhile = room is null ? SignalingErrorCode.RoomExists : SignalingErrorCode.RoomNotExists;
            if (result.Error?.Code != changedMeanwhile)
            {
                return result;
            }
        }
    }

    /// <summary>Creates the room.</summary>
    /// <param name="setup">What it shall be like.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>The room with the session in it; <c>room-exists</c> where there is one, also if it has appeared meanwhile.</returns>
    public async ValueTask<SignalingResult<RoomSnapshot>> CreateAsync(RoomSetup setup, CancellationToken cancellationToken)
    {
        SignalingError? refusal =
            services.Drain.HasBegun ? services.Drain.Refusal
            : setup.EmptyTimeout is null ? SignalingErrors.InvalidArgument("A client's room cannot stay for ever.")
            : application.FindRoom(Id) is not null || services.StandingRooms.ContainsKey(Id) ? SignalingErrors.RoomExists(Id)
            : _creating is null ? await PrepareAsync(setup, cancellationToken).ConfigureAwait(false)
            : null;
        if (refusal is not null)
        {
            return refusal;
        }

        SignalingResult<RoomState> state = Arranging.Create(Id, setup, _creating!.Password, services.RoomRules);
        if (!state.IsSuccess)
        {
            return state.Error;
        }

        var room = new Room(application, state.Value, session.RemoteAddress, services.Time);
        SignalingResult reserved = memberships.Reserve(Id, room, services.Options.Sessions.MaxRooms);
        return reserved.IsSuccess
            ? ForgetUnlessEntered(room, room.Open(session, Enter(RoomRole.Owner, null, true, Creating)))
            : reserved.Error;
    }

    /// <summary>Asks once whether the room may be created, and hashes its password, which takes milliseconds.</summary>
    private async ValueTask<SignalingError?> PrepareAsync(RoomSetup setup, CancellationToken cancellationToken)
    {
        SignalingError? refusal =
            Arranging.CheckPassword(setup.Password)
            ?? await session.Gate.CheckAsync(SignalingOperation.CreateRoom, Id, null, 0, cancellationToken, data: Data).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (string.IsNullOrEmpty(setup.Password))
        {
            _creating = new(null);
            return null;
        }

        SignalingResult<RoomPassword> hashed = await rooms.PasswordWork.HashAsync(setup.Password).ConfigureAwait(false);
        _creating = hashed.TryGetValue(out RoomPassword? password) ? new(password) : null;
        return hashed.Error;
    }

    private async ValueTask<SignalingResult<RoomSnapshot>> JoinAsync(Room room, bool isOpen, string? said, CancellationToken cancellationToken)
    {
        if (session.IsClosed)
        {
            return SignalingErrors.SessionClosed;
        }

        if (services.Drain.HasBegun)
        {
            return services.Drain.Refusal;
        }

        if (_joining is null)
        {
            SignalingResult<AuthorizationDecision> allowed =
                await session.Gate.AuthorizeAsync(SignalingOperation.JoinRoom, Id, null, cancellationToken, data: Data).ConfigureAwait(false);
            if (!allowed.TryGetValue(out _joining))
            {
                return allowed.Error!;
            }
        }

        SignalingResult reserved = memberships.Reserve(Id, room, services.Options.Sessions.MaxRooms);
        if (!reserved.IsSuccess)
        {
            return reserved.Error;
        }

        RoomPassword? password = room.State.Password;
        SignalingResult<bool> isRight =
            password is null ? true : await rooms.PasswordWork.GuessAsync(rooms.Guesses, room, password, said).ConfigureAwait(false);
        if (!isRight.IsSuccess)
        {
            memberships.Forget(room);
            return isRight.Error;
        }

        RoomCommand.Enter enter = Enter(_joining.Role, password, isRight.Value, RoomEntrance.Join);
        return ForgetUnlessEntered(room, isOpen ? room.Enter(session, enter) : room.Open(session, enter));
    }

    private RoomCommand.Enter Enter(RoomRole role, RoomPassword? password, bool isRight, RoomEntrance entrance) =>
        new(session.Id, session.Identity, session.Profile, role, password, isRight, CallId.Create, entrance, Correlation);

    private SignalingResult<RoomSnapshot> ForgetUnlessEntered(Room room, SignalingResult<RoomSnapshot> entered)
    {
        if (!entered.IsSuccess)
        {
            memberships.Forget(room);
        }

        return entered;
    }

    /// <summary>A room that may be created.</summary>
    private sealed record NewRoom(RoomPassword? Password);
}
