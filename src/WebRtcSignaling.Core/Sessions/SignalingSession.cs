using System.Net;
using System.Security.Claims;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Hosting;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Names;
using WebRtcSignaling.Resumption;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// One participant. All requests to the server go through it: C# in-process and every dialect call these methods. The result of a method answers the request; what others
/// must be told, and what must be in order with their events (that the session created, joined or left a room, or that a call began), is an event as well.
/// </summary>
/// <remarks>
/// Safe for concurrent use; requests that are made one after another take effect in that order. A request is refused with a <see cref="SignalingError"/>, never with an
/// exception. Besides the refusals that a method lists, a request may be refused with <c>session-closed</c> (the session has ended, or the request was cancelled while it
/// waited for the host app), with <c>rate-limited</c> (unless the session is <see cref="SessionRequest.IsUnmetered"/>), and, if its room closes at the same moment, with
/// <c>room-not-exists</c>. Nothing is done then.
/// </remarks>
public sealed class SignalingSession : IDisposable
{
    private readonly Application _application;
    private readonly SignalingServices _services;
    private readonly ISessionSink _sink;
    private readonly SessionRegistry _registry;
    private readonly SessionMemberships _memberships = new();
    private readonly SessionRouter _router;
    private readonly CancellationTokenSource _closed = new();
    private volatile SessionProfile _profile;

    internal SignalingSession(
        SessionId id,
        SessionRequest request,
        Application application,
        SignalingServices services,
        ISessionSink sink,
        SessionRegistry registry)
    {
        Id = id;
        IsDirect = request.IsDirect;
        Reclaim = ReclaimSecret.Of(request.ReclaimSecret);
        _profile = SessionProfile.Empty with { Username = request.Username };
        _application = application;
        _services = services;
        _sink = sink;
        _registry = registry;
        Closed = _closed.Token;
        RemoteAddress = request.RemoteAddress;
        Authentication = new SessionAuthentication(this, _memberships, application.Users, services, request);
        Gate = new SessionGate(this, services, request.IsUnmetered);
        _router = new SessionRouter(this, _memberships, application);
        Rooms = new SessionRooms(this, _memberships, application, services);
        Reports = new SessionReports(this, services);
        Resumption = new SessionResumption(this, services);
    }

    /// <summary>Its id; clients know it as <c>clientId</c>.</summary>
    public SessionId Id { get; }

    /// <summary>The application it belongs to.</summary>
    public string Application => _application.Name;

    /// <summary>The account behind it; <see langword="null"/> if it is anonymous.</summary>
    public ClaimsPrincipal? User => Authentication.User;

    /// <summary>When its authentication expires; <see langword="null"/> for never. See <see cref="SessionOptions.CloseOnExpiry"/>.</summary>
    public DateTimeOffset? AuthenticationExpiresAt => Authentication.ExpiresAt;

    /// <summary>
    /// Whether it and other sessions of its application that are direct may send to each other without sharing a room, in addition to what
    /// <see cref="Applications.ApplicationOptions"/> allow to all sessions.
    /// </summary>
    public bool IsDirect { get; }

    /// <summary>What it shows to others.</summary>
    public SessionProfile Profile => _profile;

    /// <summary>Its rooms, and the requests about them.</summary>
    public SessionRooms Rooms { get; }

    /// <summary>Its calls, and the requests about them.</summary>
    /// <remarks>Made when it is asked for, as it holds nothing of its own; so two made at once do no harm.</remarks>
    public SessionCalls Calls => field ??= new SessionCalls(this, _memberships, _services);

    /// <summary>Its groups, and the requests about them.</summary>
    /// <remarks>Made when it is asked for, once.</remarks>
    public SessionGroups Groups =>
        field ?? Interlocked.CompareExchange(ref field, new SessionGroups(this, _memberships, _application, _services), null) ?? field;

    /// <summary>What its client tells only the host app about itself.</summary>
    public SessionReports Reports { get; }

    /// <summary>Lets it outlive its connection.</summary>
    public SessionResumption Resumption { get; }

    /// <summary>Receives its events and signals. It stays the same for as long as the session lives.</summary>
    public ISessionSink Sink => _sink;

    /// <summary>Whether it replaced an older session with its id, by <see cref="SessionRequest.ReclaimSecret"/>.</summary>
    public bool IsReclaimed { get; internal set; }

    /// <summary>Whether it has ended.</summary>
    public bool IsClosed => _memberships.IsEnded;

    /// <summary>Fires when it ends.</summary>
    public CancellationToken Closed { get; }

    internal string? Identity => Authentication.Identity;

    internal SessionAuthentication Authentication { get; }

    /// <summary>Where its client came from when it began.</summary>
    internal IPAddress? RemoteAddress { get; }

    /// <summary>By which it can be claimed again; <see langword="null"/> if it cannot.</summary>
    internal ReclaimSecret? Reclaim { get; }

    internal SessionGate Gate { get; }

    /// <inheritdoc cref="ReauthenticateAsync(ReadOnlyMemory{byte}, ClaimsPrincipal?, CancellationToken)"/>
    public ValueTask<SignalingResult> ReauthenticateAsync(ReadOnlyMemory<byte> credential, CancellationToken cancellationToken = default) =>
        ReauthenticateAsync(credential, user: null, cancellationToken);

    /// <summary>
    /// Authenticates the client again: the host app is asked about <see cref="SignalingOperation.Connect"/> once more, and its answer may bring a new time of expiry and
    /// new claims. Then it is asked about each room that the session is in (<see cref="SignalingOperation.JoinRoom"/>, with
    /// <see cref="AuthorizationRequest.IsRenewal"/>): the session leaves a room that is refused, as after a kick, and gets another role where the answer names another
    /// one than before.
    /// </summary>
    /// <param name="credential">The credential; empty if there is only the account.</param>
    /// <param name="user">The account, if the caller has authenticated it again; <see langword="null"/> for the one that the session has.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>
    /// Refusals: <c>not-permitted</c>, also for another account than its own; <c>too-many-attempts</c>; <c>limit-exceeded</c> if the session gets an account that has as
    /// many sessions as it may. After a refusal the session goes on as it was, unless the caller ends it.
    /// </returns>
    public ValueTask<SignalingResult> ReauthenticateAsync(
        ReadOnlyMemory<byte> credential, ClaimsPrincipal? user, CancellationToken cancellationToken = default) =>
        ReauthenticateAsync(credential, user, RemoteAddress, cancellationToken);

    /// <summary>
    /// Sets the username, if the host app agrees: it is asked about <see cref="SignalingOperation.Connect"/> again, as by
    /// <see cref="ReauthenticateAsync(ReadOnlyMemory{byte}, CancellationToken)"/>, with the wanted name. Only possible while the session is in no room, so that names do not
    /// change within a room.
    /// </summary>
    /// <param name="username">1 to 64 characters, no control characters.</param>
    /// <param name="credential">What the client proves itself with; empty for nothing but the account.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>invalid-argument</c>; <c>not-permitted</c>, also while the session is in a room; <c>too-many-attempts</c>.</returns>
    public async ValueTask<SignalingResult> SetUsernameAsync(
        string username, ReadOnlyMemory<byte> credential = default, CancellationToken cancellationToken = default)
    {
        SignalingResult allowed =
            !NameRules.IsValid(username) ? SignalingErrors.InvalidArgument("A username has 1 to 64 characters and no control characters.")
            : _memberships.RoomCount > 0 ? SignalingErrors.NamedInRoom
            : await ProveAsync(credential, user: null, username, RemoteAddress, cancellationToken).ConfigureAwait(false);
        return allowed.IsSuccess
            ? ChangeProfile(profile => _memberships.RoomCount > 0 ? SignalingErrors.NamedInRoom : profile with { Username = username })
            : Gate.Count(allowed);
    }

    /// <summary>Sends a signal to a member of a room that this session is in, or, if the application allows it, to any session of the application.</summary>
    /// <param name="room">The room that both share; <see langword="null"/> for a direct signal.</param>
    /// <param name="target">Who receives it; never this session itself.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="payload">The content, up to <see cref="SessionOptions.MaxPayloadBytes"/>; copied before this completes.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>
    /// Refusals: <c>not-in-room</c>, <c>target-not-found</c>, <c>not-permitted</c>, <c>limit-exceeded</c> for a payload that is too long, or for a direct signal that
    /// would have to wait where too many wait.
    /// </returns>
    public ValueTask<SignalingResult> SendSignalAsync(
        RoomId? room, SessionId target, SignalKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        // Relaying is what a server does most: where no host app is asked, no state machine is made, so that it allocates nothing in any build.
        ValueTask<SignalingError?> check = Gate.CheckAsync(SignalingOperation.SendSignal, room, target, payload.Length, cancellationToken);
        return check.IsCompletedSuccessfully
            ? new(SendSignal(check.Result, room, target, kind, payload.Span))
            : SendSignalOnceAllowedAsync(check, room, target, kind, payload);
    }

    /// <summary>Sends application data.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="data">The content, up to <see cref="SessionOptions.MaxPayloadBytes"/>; copied before this completes.</param>
    /// <param name="echo">Whether this session receives its own message, too, in the same order as all others. Only for rooms and groups.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>not-in-group</c>, <c>target-not-found</c>, <c>not-permitted</c>,
    /// <c>limit-exceeded</c>.</returns>
    public async ValueTask<SignalingResult> SendMessageAsync(
        MessageDestination destination, ReadOnlyMemory<byte> data, bool echo = false, CancellationToken cancellationToken = default)
    {
        SignalingError? refusal = await Gate.CheckAsync(
            SignalingOperation.SendMessage, destination.Room, destination.Target, data.Length, cancellationToken, destination.Group)
            .ConfigureAwait(false);
        SignalingResult result = refusal is null ? _router.Send(destination, data.ToArray(), echo) : refusal;
        if (result.IsSuccess)
        {
            _services.Metrics.MessageSent();
        }

        return Gate.Count(result);
    }

    /// <summary>Switches a medium on or off, as others see it. All members of its rooms are told, including this session.</summary>
    /// <param name="resource">Exactly one resource.</param>
    /// <param name="enabled">On or off; <see langword="null"/> to toggle it.</param>
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

    /// <summary>Sets its presence; all members of its rooms are told.</summary>
    /// <param name="presence">The presence.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>
    /// Refusals: <c>invalid-argument</c> for an undefined value, or a status with more than 255 characters or more than one line; <c>not-permitted</c>.
    /// </returns>
    public async ValueTask<SignalingResult> SetPresenceAsync(Presence presence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(presence);
        SignalingError? refusal =
            !Enum.IsDefined(presence.Show) ? SignalingErrors.InvalidArgument("A presence shows chat, away, xa or dnd.")
            : presence.Status is { Length: > 0 } status && !NameRules.IsValid(status, Presence.MaxStatusLength)
                ? SignalingErrors.InvalidArgument("A status is one line of up to 255 characters.")
            : null;
        return refusal is not null
            ? Gate.Count(refusal)
            : await ChangeProfileAsync(SignalingOperation.SetState, profile => profile with { Presence = presence }, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>
    /// Sets fields that all members of its rooms see, up to <see cref="SessionOptions.MaxFields"/>, and <see cref="SessionOptions.MaxFieldBytes"/> in total.
    /// </summary>
    /// <param name="update">What to change.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>invalid-argument</c>, <c>limit-exceeded</c>, <c>not-permitted</c>.</returns>
    public ValueTask<SignalingResult> SetFieldsAsync(FieldUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return ChangeProfileAsync(
            SignalingOperation.SetFields,
            profile => profile.Fields.Apply(update, _services.Options.Sessions.FieldLimits) is var fields && fields.IsSuccess
                ? profile with { Fields = fields.Value }
                : fields.Error!,
            cancellationToken);
    }

    /// <summary>Gets the ICE servers to use, with fresh credentials if these expire.</summary>
    /// <param name="cancellationToken">Cancels waiting for the host app.</param>
    /// <returns>Refusals: <c>not-permitted</c>, <c>internal-error</c> if the provider fails.</returns>
    public async ValueTask<SignalingResult<IReadOnlyList<IceServer>>> GetIceServersAsync(CancellationToken cancellationToken = default)
    {
        if (await Gate.CheckAsync(SignalingOperation.GetIceServers, null, null, 0, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return Gate.Reject(refusal);
        }

        SignalingResult<IReadOnlyList<IceServer>> servers = await HostCalls.GetIceServersAsync(
            _services, new IceServerRequest(Application, Id.Value, User), cancellationToken, Closed).ConfigureAwait(false);
        return servers.IsSuccess ? servers : Gate.Reject(servers.Error);
    }

    /// <summary>Ends the session: it leaves its rooms, its calls end, and its sink is told. Only the first call has an effect.</summary>
    /// <remarks>Must not be called from an <see cref="ISessionSink"/>; see <see cref="CloseLater"/>.</remarks>
    public void Close(SessionClose close)
    {
        ArgumentNullException.ThrowIfNull(close);
        if (BeginClose())
        {
            EndClose(close);
        }
    }

    /// <summary>Ends the session: the same as <see cref="Close"/> with <see cref="SessionCloseReason.Left"/>.</summary>
    public void Dispose() => Close(new(SessionCloseReason.Left));

    /// <summary>Ends the session soon, on another thread: for sinks, which are called under locks.</summary>
    public void CloseLater(SessionClose close) => ThreadPool.UnsafeQueueUserWorkItem(
        static state => state.Session.Close(state.Close), (Session: this, Close: close), preferLocal: false);

    /// <summary>Lets whoever comes from an address prove itself anew: only that address pays for it.</summary>
    internal async ValueTask<SignalingResult> ReauthenticateAsync(
        ReadOnlyMemory<byte> credential, ClaimsPrincipal? user, IPAddress? from, CancellationToken cancellationToken) =>
        Gate.Count(await ProveAsync(credential, user, Profile.Username, from, cancellationToken).ConfigureAwait(false));

    /// <summary>From now on the session asks for nothing and hears nothing.</summary>
    /// <returns>Whether this call was the first; the caller then goes on with <see cref="EndClose"/>.</returns>
    internal bool BeginClose() => _memberships.TryEnd();

    /// <summary>Takes the session out of everything that it is in, and tells its sink.</summary>
    internal void EndClose(SessionClose close)
    {
        LeaveRooms();
        EndCloseInRooms(close);
    }

    /// <summary>Takes the session out of all but its rooms, and tells its sink. <see cref="LeaveRooms"/> follows.</summary>
    internal void EndCloseInRooms(SessionClose close)
    {
        close = _services.Drain.Complete(close);
        if (!_memberships.Groups.IsEmpty)
        {
            Groups.LeaveAll();
        }

        Authentication.Dispose();
        Resumption.End(close);
        _application.Remove(this);
        _application.Users.Leave(this);
        _registry.OnSessionClosed(this, close);
        HostCalls.NotifyClosed(_services, _sink, close);
        HostCalls.Cancel(_services, _closed);
        _closed.Dispose();
    }

    internal void LeaveRooms()
    {
        foreach ((_, Room room) in _memberships.Rooms)
        {
            room.Execute(new RoomCommand.Leave(Id, LeaveReason.Disconnected, Correlation: null));
        }
    }

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

    /// <summary>Lets its rooms see whether its client is away.</summary>
    internal void ShowSuspension()
    {
        // Asked for while the profile changes, so that of two changes at once the later one is shown last.
        ChangeProfile(profile => profile with { IsSuspended = Resumption.IsSuspended });
        RefreshRooms();
    }

    internal void Forget(Room room) => _memberships.Forget(room);

    /// <summary>Asks the host app whether it is, or may be, who it says, for as long as its address has not failed at that too often.</summary>
    private async ValueTask<SignalingResult> ProveAsync(
        ReadOnlyMemory<byte> credential, ClaimsPrincipal? user, string? username, IPAddress? from, CancellationToken cancellationToken)
    {
        AdmissionControl admission = _services.Admission;
        if (admission.CheckAuthentication(from) is { } tooMany)
        {
            return tooMany;
        }

        SignalingResult renewed = await Authentication.RenewAsync(credential, user, username, cancellationToken).ConfigureAwait(false);
        if (renewed.Error is { Code: SignalingErrorCode.NotPermitted })
        {
            admission.CountFailedAuthentication(from);
        }

        return renewed;
    }

    private async ValueTask<SignalingResult> SendSignalOnceAllowedAsync(
        ValueTask<SignalingError?> check, RoomId? room, SessionId target, SignalKind kind, ReadOnlyMemory<byte> payload) =>
        SendSignal(await check.ConfigureAwait(false), room, target, kind, payload.Span);

    private SignalingResult SendSignal(
        SignalingError? refusal, RoomId? room, SessionId target, SignalKind kind, ReadOnlySpan<byte> payload)
    {
        if (refusal is not null)
        {
            return Gate.Count(refusal);
        }

        var signal = new Signal { Room = room ?? default, Sender = Id, Kind = kind, Payload = payload };
        SignalingResult result = _router.Relay(room, target, in signal);
        if (result.IsSuccess)
        {
            _services.Metrics.SignalRelayed();
        }

        return Gate.Count(result);
    }

    private async ValueTask<SignalingResult> ChangeProfileAsync(
        SignalingOperation operation, Func<SessionProfile, SignalingResult<SessionProfile>> change, CancellationToken cancellationToken)
    {
        if (await Gate.CheckAsync(operation, null, null, 0, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return Gate.Count(refusal);
        }

        SignalingResult changed = ChangeProfile(change);
        if (changed.IsSuccess)
        {
            RefreshRooms();
        }

        return changed;
    }

    /// <summary>Changes the profile, or nothing where the change is refused. If something else changes it at the same moment, the change is made to what it is then.</summary>
    private SignalingResult ChangeProfile(Func<SessionProfile, SignalingResult<SessionProfile>> change)
    {
        while (true)
        {
            SessionProfile before = _profile;
            SignalingResult<SessionProfile> changed = change(before);
            if (!changed.IsSuccess)
            {
                return Gate.Count(changed.Error);
            }

            if (ReferenceEquals(Interlocked.CompareExchange(ref _profile, changed.Value, before), before))
            {
                return SignalingResult.Success;
            }
        }
    }

    private void RefreshRooms()
    {
        foreach ((_, Room room) in _memberships.Rooms)
        {
            room.Refresh(this);
        }
    }
}
