using System.Security.Claims;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Hosting;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Names;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// One participant, and the one door into the server: C# in-process and every wire dialect call these methods. A method's result answers the request;
/// what others must hear, and what must stand in order with it (that one created, joined or left a room, or that a call began), is an event.
/// </summary>
/// <remarks>
/// Safe for concurrent use; requests made one after another take effect in that order. A request is refused with a <see cref="SignalingError"/>,
/// never with an exception. Cancelling a request stops it before it takes effect or not at all.
/// </remarks>
public sealed class SignalingSession : IDisposable
{
    private readonly Application _application;
    private readonly SignalingServices _services;
    private readonly ISessionSink _sink;
    private readonly Action<SignalingSession> _onClosed;
    private readonly SessionMemberships _memberships = new();
    private readonly Lock _profileLock = new();
    private readonly Lock _groupLock = new();
    private readonly CancellationTokenSource _closed = new();
    private volatile SessionProfile _profile;

    internal SignalingSession(
        SessionId id,
        SessionRequest request,
        Application application,
        SignalingServices services,
        ISessionSink sink,
        Action<SignalingSession> onClosed)
    {
        Id = id;
        User = request.User;
        Identity = AccountIdentity.Of(request.User);
        _profile = SessionProfile.Empty with { Username = request.Username };
        _application = application;
        _services = services;
        _sink = sink;
        _onClosed = onClosed;
        Closed = _closed.Token;
        Calls = new SessionCalls(this, _memberships, services);
        Rooms = new SessionRooms(this, _memberships, application, services);
    }

    /// <summary>Its name; peers see it as <c>clientId</c>.</summary>
    public SessionId Id { get; }

    /// <summary>The application it belongs to.</summary>
    public string Application => _application.Name;

    /// <summary>The account behind it; <see langword="null"/> for nobody known.</summary>
    public ClaimsPrincipal? User { get; }

    /// <summary>What it shows of itself.</summary>
    public SessionProfile Profile => _profile;

    /// <summary>The rooms it is in, and all that can be asked of them.</summary>
    public SessionRooms Rooms { get; }

    /// <summary>Its calls, and all that can be asked of them.</summary>
    public SessionCalls Calls { get; }

    /// <summary>The groups it is in.</summary>
    public IReadOnlyCollection<string> Groups => _memberships.Groups;

    /// <summary>Whether it has ended.</summary>
    public bool IsClosed => _memberships.IsEnded;

    /// <summary>Fires when it ends.</summary>
    public CancellationToken Closed { get; }

    internal string? Identity { get; }

    /// <summary>Sets the username. Possible only while it is in no room, so that nobody in a room changes its name.</summary>
    /// <param name="username">1 to 64 characters, no control characters.</param>
    public SignalingResult SetUsername(string username)
    {
        if (!NameRules.IsValid(username))
        {
            return Count(SignalingErrors.InvalidArgument("A username has 1 to 64 characters and no control characters."));
        }

        if (IsClosed)
        {
            return Count(SignalingErrors.SessionClosed);
        }

        lock (_profileLock)
        {
            if (_memberships.RoomCount > 0)
            {
                return Count(SignalingErrors.NotPermitted(default, default, "The username cannot change while you are in a room."));
            }

            _profile = _profile with { Username = username };
            return SignalingResult.Success;
        }
    }

    /// <summary>Sends a signal to a member of a room that this session is in, too; or, where the application allows it, to any of its sessions.</summary>
    /// <param name="room">The room that both share; <see langword="null"/> for a direct signal.</param>
    /// <param name="target">Who hears it; never this session itself.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="payload">The content, up to <see cref="SessionOptions.MaxPayloadBytes"/>; copied before this completes.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>target-not-found</c>, <c>not-permitted</c>, <c>limit-exceeded</c>.</returns>
    public ValueTask<SignalingResult> SendSignalAsync(
        RoomId? room, SessionId target, SignalKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        // Relaying is what a server does most: where no host app is asked, no state machine is made, so that it allocates nothing in any build.
        ValueTask<SignalingError?> check = CheckAsync(SignalingOperation.SendSignal, room, target, payload.Length, cancellationToken);
        return check.IsCompletedSuccessfully
            ? new(SendSignal(check.Result, room, target, kind, payload.Span))
            : SendSignalOnceAllowedAsync(check, room, target, kind, payload);
    }

    /// <summary>Sends application data.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="data">The content, up to <see cref="SessionOptions.MaxPayloadBytes"/>; copied before this completes.</param>
    /// <param name="echo">Whether this session hears its own message, in the same order as all others. Only for rooms and groups.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>not-in-group</c>, <c>target-not-found</c>, <c>not-permitted</c>, <c>limit-exceeded</c>.</returns>
    public async ValueTask<SignalingResult> SendMessageAsync(
        MessageDestination destination, ReadOnlyMemory<byte> data, bool echo = false, CancellationToken cancellationToken = default)
    {
        SignalingError? refusal = await CheckAsync(
            SignalingOperation.SendMessage, destination.Room, destination.Target, data.Length, cancellationToken, destination.Group)
            .ConfigureAwait(false);
        SignalingResult result = refusal is null ? SendMessage(destination, data.ToArray(), echo) : refusal;
        if (result.IsSuccess)
        {
            _services.Metrics.MessageSent();
        }

        return Count(result);
    }

    /// <summary>Says that something is switched on or off; every room hears it, this session included.</summary>
    /// <param name="resource">One resource.</param>
    /// <param name="enabled">On or off; <see langword="null"/> for the opposite of now.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>invalid-argument</c> unless it is exactly one resource, <c>not-permitted</c>.</returns>
    public ValueTask<SignalingResult> ToggleAsync(MediaResources resource, bool? enabled = null, CancellationToken cancellationToken = default) =>
        ChangeProfileAsync(
            SignalingOperation.SetState,
            profile => resource == MediaResources.None || !Enum.IsDefined(resource)
                ? SignalingErrors.InvalidArgument("A resource is audio, video, microphone or screen.")
                : (enabled ?? (profile.Media & resource) == 0)
                ? profile with { Media = profile.Media | resource }
                : profile with { Media = profile.Media & ~resource },
            cancellationToken);

    /// <summary>Says how ready it is; every room hears it.</summary>
    /// <param name="presence">How ready.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>invalid-argument</c> for a status of more than 255 characters or more than one line, <c>not-permitted</c>.</returns>
    public async ValueTask<SignalingResult> SetPresenceAsync(Presence presence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(presence);
        SignalingError? refusal =
            !Enum.IsDefined(presence.Show) ? SignalingErrors.InvalidArgument("A presence shows chat, away, xa or dnd.")
            : presence.Status is { Length: > 0 } status && !NameRules.IsValid(status, Presence.MaxStatusLength)
                ? SignalingErrors.InvalidArgument("A status is one line of up to 255 characters.")
            : null;
        return refusal is not null
            ? Count(refusal)
            : await ChangeProfileAsync(SignalingOperation.SetState, profile => profile with { Presence = presence }, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Sets fields that every room sees, up to <see cref="SessionOptions.MaxFieldBytes"/> together.</summary>
    /// <param name="update">What to change.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    public ValueTask<SignalingResult> SetFieldsAsync(FieldUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return ChangeProfileAsync(
            SignalingOperation.SetFields,
            profile => profile.Fields.Apply(update, _services.Options.Sessions.MaxFieldBytes) is var fields && fields.IsSuccess
                ? profile with { Fields = fields.Value }
                : fields.Error!,
            cancellationToken);
    }

    /// <summary>Joins a group, where the application lets clients do so.</summary>
    /// <param name="group">Its name, 1 to 64 characters.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    public async ValueTask<SignalingResult> JoinGroupAsync(string group, CancellationToken cancellationToken = default)
    {
        if (!_application.Options.AllowClientGroups)
        {
            return Count(SignalingErrors.NotPermitted(default));
        }

        SignalingError? refusal = await CheckAsync(SignalingOperation.JoinGroup, null, null, 0, cancellationToken, group).ConfigureAwait(false);
        return Count(refusal ?? AddToGroup(group));
    }

    /// <summary>Leaves a group.</summary>
    /// <param name="group">Its name.</param>
    public SignalingResult LeaveGroup(string group)
    {
        lock (_groupLock)
        {
            if (!_memberships.RemoveGroup(group))
            {
                return Count(SignalingErrors.NotInGroup);
            }

            _application.Groups.Leave(group, this);
            return SignalingResult.Success;
        }
    }

    /// <summary>The ICE servers to use, with fresh credentials where they expire.</summary>
    /// <param name="cancellationToken">Cancels waiting for the host app.</param>
    public async ValueTask<SignalingResult<IReadOnlyList<IceServer>>> GetIceServersAsync(CancellationToken cancellationToken = default)
    {
        if (await CheckAsync(SignalingOperation.GetIceServers, null, null, 0, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return Reject(refusal);
        }

        SignalingResult<IReadOnlyList<IceServer>> servers = await HostCalls.GetIceServersAsync(
            _services, new IceServerRequest(Application, Id.Value, User), cancellationToken).ConfigureAwait(false);
        return servers.IsSuccess ? servers : Reject(servers.Error);
    }

    /// <summary>Ends the session: it leaves its rooms, its calls end, and its sink hears of it. Only the first call does anything.</summary>
    /// <remarks>Must not be called from an <see cref="ISessionSink"/>; see <see cref="CloseLater"/>.</remarks>
    public void Close(SessionClose close)
    {
        ArgumentNullException.ThrowIfNull(close);
        if (!_memberships.TryEnd())
        {
            return;
        }

        foreach ((_, Room room) in _memberships.Rooms)
        {
            room.Execute(new RoomCommand.Leave(Id, LeaveReason.Disconnected, Correlation: null));
        }

        foreach (string group in _memberships.Groups)
        {
            LeaveGroup(group);
        }

        _application.Remove(this);
        _onClosed(this);
        _services.Metrics.SessionClosed(close.Reason);
        HostCalls.NotifyClosed(_services, _sink, close);
        HostCalls.Cancel(_services, _closed);
        _closed.Dispose();
    }

    /// <summary>Leaves: the same as <see cref="Close"/> with <see cref="SessionCloseReason.Left"/>.</summary>
    public void Dispose() => Close(new(SessionCloseReason.Left));

    /// <summary>Ends the session soon, from elsewhere: for sinks, which are called under locks.</summary>
    public void CloseLater(SessionClose close) =>
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.Session.Close(state.Close), (Session: this, Close: close), preferLocal: false);

    internal SignalingResult Open() => HostCalls.NotifyOpened(_services, this, _sink);

    internal void Deliver(SignalingEvent signalingEvent)
    {
        if (!IsClosed)
        {
            HostCalls.Deliver(_services, this, _sink, signalingEvent);
        }
    }

    internal void Deliver(in Signal signal)
    {
        if (!IsClosed)
        {
            HostCalls.Deliver(_services, this, _sink, in signal);
        }
    }

    internal void Forget(Room room) => _memberships.Forget(room);

    internal SignalingResult AddToGroup(string group)
    {
        if (!NameRules.IsValid(group))
        {
            return SignalingErrors.InvalidArgument("A group's name has 1 to 64 characters and no control characters.");
        }

        // The session and the registry change in one step, so that they agree also when the host and the client act at once.
        lock (_groupLock)
        {
            SignalingResult added = _memberships.AddGroup(group, _services.Options.Sessions.MaxGroups);
            if (added.IsSuccess)
            {
                _application.Groups.Join(group, this);
            }

            return added;
        }
    }

    /// <summary>Why a request goes no further; <see langword="null"/> if the session is alive, the payload fits and the host app agrees.</summary>
    internal ValueTask<SignalingError?> CheckAsync(
        SignalingOperation operation,
        RoomId? room,
        SessionId? target,
        int payloadBytes,
        CancellationToken cancellationToken,
        string? group = null)
    {
        int limit = _services.Options.Sessions.MaxPayloadBytes;
        SignalingError? refusal =
            IsClosed ? SignalingErrors.SessionClosed
            : payloadBytes > limit ? SignalingErrors.LimitExceeded($"A payload has up to {limit} bytes.")
            : null;
        return refusal is not null || _services.Authorizer is null
            ? new(refusal)
            : AskAsync(operation, room, target, group, cancellationToken);
    }

    internal async ValueTask<SignalingResult<AuthorizationDecision>> AuthorizeAsync(
        SignalingOperation operation, RoomId? room, SessionId? target, CancellationToken cancellationToken, string? group = null)
    {
        var request = new AuthorizationRequest
        {
            Operation = operation,
            Application = Application,
            User = User,
            Session = this,
            Username = Profile.Username,
            Room = room,
            Target = target,
            Group = group,
        };
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Closed);
        return await HostCalls.AuthorizeAsync(_services, request, either.Token).ConfigureAwait(false);
    }

    /// <summary>Counts a refusal and passes the result on.</summary>
    internal SignalingResult Count(SignalingResult result)
    {
        if (result.Error is { } error)
        {
            _services.Metrics.Rejected(error.Code);
        }

        return result;
    }

    internal SignalingError Reject(SignalingError error)
    {
        _services.Metrics.Rejected(error.Code);
        return error;
    }

    private async ValueTask<SignalingError?> AskAsync(
        SignalingOperation operation, RoomId? room, SessionId? target, string? group, CancellationToken cancellationToken)
    {
        SignalingResult<AuthorizationDecision> allowed =
            await AuthorizeAsync(operation, room, target, cancellationToken, group).ConfigureAwait(false);
        return allowed.Error ?? (IsClosed ? SignalingErrors.SessionClosed : null);
    }

    private async ValueTask<SignalingResult> SendSignalOnceAllowedAsync(
        ValueTask<SignalingError?> check, RoomId? room, SessionId target, SignalKind kind, ReadOnlyMemory<byte> payload) =>
        SendSignal(await check.ConfigureAwait(false), room, target, kind, payload.Span);

    private SignalingResult SendSignal(SignalingError? refusal, RoomId? room, SessionId target, SignalKind kind, ReadOnlySpan<byte> payload)
    {
        if (refusal is not null)
        {
            return Count(refusal);
        }

        var signal = new Signal { Room = room ?? default, Sender = Id, Kind = kind, Payload = payload };
        SignalingResult result =
            room is { } shared ? _memberships.Find(shared)?.Relay(target, in signal) ?? SignalingErrors.NotInRoom(shared)
            : _application.Options.AllowDirectSignals ? SendDirect(target, in signal)
            : SignalingErrors.NotPermitted(default, target);
        if (result.IsSuccess)
        {
            _services.Metrics.SignalRelayed();
        }

        return Count(result);
    }

    private SignalingResult SendDirect(SessionId target, in Signal signal)
    {
        if (target == Id || _application.FindSession(target) is not { } receiver)
        {
            return SignalingErrors.TargetNotFound(default, target);
        }

        receiver.Deliver(in signal);
        return SignalingResult.Success;
    }

    private SignalingResult SendMessage(MessageDestination destination, byte[] data, bool echo)
    {
        if (destination.Room is { } room)
        {
            return _memberships.Find(room)?.Execute(new RoomCommand.SendMessage(Id, destination.Target, data, echo))
                ?? SignalingErrors.NotInRoom(room);
        }

        if (destination.Group is { } group)
        {
            if (!_memberships.Groups.Contains(group))
            {
                return SignalingErrors.NotInGroup;
            }

            _application.Groups.Tell(group, echo ? null : this, new SignalingEvent.MessageReceived(null, group, Id, null, data));
            return SignalingResult.Success;
        }

        SessionId target = destination.Target ?? default;
        if (!_application.Options.AllowDirectMessages)
        {
            return SignalingErrors.NotPermitted(default, target);
        }

        if (target == Id || _application.FindSession(target) is not { } receiver)
        {
            return SignalingErrors.TargetNotFound(default, target);
        }

        receiver.Deliver(new SignalingEvent.MessageReceived(null, null, Id, target, data));
        return SignalingResult.Success;
    }

    private async ValueTask<SignalingResult> ChangeProfileAsync(
        SignalingOperation operation, Func<SessionProfile, SignalingResult<SessionProfile>> change, CancellationToken cancellationToken)
    {
        if (await CheckAsync(operation, null, null, 0, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return Count(refusal);
        }

        lock (_profileLock)
        {
            SignalingResult<SessionProfile> changed = change(_profile);
            if (!changed.IsSuccess)
            {
                return Count(changed.Error);
            }

            _profile = changed.Value;
        }

        foreach ((_, Room room) in _memberships.Rooms)
        {
            room.Refresh(this);
        }

        return SignalingResult.Success;
    }
}
