using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Diagnostics;
using WebRtcSignaling.Draining;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Hosting;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Limits;
using WebRtcSignaling.MessageBoxes;
using WebRtcSignaling.Resumption;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Rooms.Rules;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling;

/// <summary>
/// A WebRTC signaling server without a transport: sessions connect to it from C# or through a dialect, and it holds their rooms, calls and message boxes in
/// memory. Safe for concurrent use; one instance serves a whole process.
/// </summary>
public sealed partial class SignalingServer : IDisposable
{
    private readonly SignalingServices _services;
    private readonly ApplicationRegistry _applications;
    private readonly SessionRegistry _sessions;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _stopped = new();

    /// <summary>Creates a server. It needs nothing else to work.</summary>
    /// <param name="options">Its settings; <see langword="null"/> for the defaults.</param>
    /// <param name="authorizer">Decides for the host app who may do what; <see langword="null"/> if only the server's rules decide.</param>
    /// <param name="iceServers">Provides the ICE servers of clients; <see langword="null"/> for <see cref="SignalingOptions.Ice"/>.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="loggerFactory">Where to log; <see langword="null"/> for nowhere.</param>
    /// <param name="meterFactory">Where instruments live; <see langword="null"/> for a meter of its own.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    public SignalingServer(
        SignalingOptions? options = null,
        ISignalingAuthorizer? authorizer = null,
        IIceServerProvider? iceServers = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null,
        IMeterFactory? meterFactory = null)
    {
        options ??= new();
        if (string.Join(" ", options.Validate()) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        TimeProvider time = timeProvider ?? TimeProvider.System;
        var logger = new CautiousLogger((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("WebRtcSignaling"));
        _services = new(
            options,
            authorizer,
            iceServers ?? new ConfiguredIceServerProvider(options.Ice, time),
            time,
            new SignalingMetrics(meterFactory, logger),
            logger);
        MessageBoxes = new MessageBoxRegistry(options.MessageBoxes, time);
        _applications = new ApplicationRegistry(_services);
        _sessions = new SessionRegistry(_applications, _services, _stopping.Token);
        Default = new(_applications.Find(options.DefaultApplication)!, _services);
    }

    /// <summary>The application of sessions that name none.</summary>
    public SignalingApplication Default { get; }

    /// <summary>Its settings. Do not change them: what happens then is undefined.</summary>
    public SignalingOptions Options => _services.Options;

    /// <summary>Counts connections and failed authentications by address, for all transports.</summary>
    public AdmissionControl Admission => _services.Admission;

    /// <summary>Where passwords of rooms wait for their turn.</summary>
    internal WorkGate PasswordWork => _services.PasswordWork;

    /// <summary>The message boxes.</summary>
    public MessageBoxRegistry MessageBoxes { get; }

    /// <summary>How many sessions exist.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Whether it is stopping or being drained: it accepts no new sessions, and its sessions can no longer create or join rooms.</summary>
    public bool IsStopping => _services.Drain.HasBegun;

    /// <summary>Fires when it has stopped and all sessions have ended.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>The applications that exist at this moment, for the host.</summary>
    public IReadOnlyList<SignalingApplication> Applications =>
        [.. _applications.All.Select(application => new SignalingApplication(application, _services))];

    /// <summary>Finds an application; <see langword="null"/> if there is none with that name.</summary>
    public SignalingApplication? FindApplication(string name) =>
        _applications.Find(name) is { } application ? new(application, _services) : null;

    /// <summary>Adds an application while the server runs, besides those of <see cref="SignalingOptions.Applications"/>.</summary>
    /// <param name="name">Its name: 1 to 64 characters, no control characters.</param>
    /// <param name="options">Its settings; <see langword="null"/> for the defaults. Must not change afterwards.</param>
    /// <returns>The application. Refusals: <c>invalid-argument</c> if the name is malformed or in use, <c>limit-exceeded</c>.</returns>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    public SignalingResult<SignalingApplication> AddApplication(string name, ApplicationOptions? options = null)
    {
        options ??= new();
        if (string.Join(" ", options.Validate(name)) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        SignalingResult<Application> added = _applications.Add(name, options);
        return added.IsSuccess ? new SignalingApplication(added.Value, _services) : added.Error;
    }

    /// <summary>
    /// From now on there is a room of that name in every application, also while nobody is in it: nobody can create it (<c>room-exists</c>), and whoever joins it finds
    /// it without an owner. It is listed, and takes a place among the rooms, from the first member until it has been empty for its
    /// <see cref="RoomSetup.EmptyTimeout"/>. One of that name that exists already stays as it is until it closes.
    /// </summary>
    /// <param name="id">Its name.</param>
    /// <param name="setup">What it shall be like; <see langword="null"/> for the server's defaults. Anybody may come in, so it has no password and no lock, and its
    /// <see cref="RoomSetup.EmptyTimeout"/> is not <see langword="null"/>.</param>
    /// <returns>Refusals: <c>invalid-argument</c>, <c>limit-exceeded</c>, <c>room-exists</c> if the name has been given before.</returns>
    public SignalingResult AddStandingRoom(RoomId id, RoomSetup? setup = null)
    {
        setup ??= new();
        if (setup.Locked || setup.EmptyTimeout is null || !string.IsNullOrEmpty(setup.Password))
        {
            return SignalingErrors.InvalidArgument("A standing room is open to all, and no longer there than anybody needs it.");
        }

        // By another policy the first who joins would become its owner, and could shut others out.
        setup = setup with { OwnerLeaves = OwnerLeavesPolicy.Keep };
        SignalingResult<RoomState> state = Arranging.Create(id, setup, password: null, _services.RoomRules);
        return !state.IsSuccess ? state.Error
            : _services.StandingRooms.TryAdd(id, state.Value) ? SignalingResult.Success
            : SignalingErrors.RoomExists(id);
    }

    /// <summary>Begins a session.</summary>
    /// <param name="request">Who wants it.</param>
    /// <param name="sink">Receives its events and signals; a <see cref="SessionEventQueue"/> for C# in-process.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>
    /// The session, which the caller ends with <see cref="SignalingSession.Close"/>. Refusals: <c>server-stopping</c>, <c>application-not-exists</c>,
    /// <c>invalid-argument</c>, <c>limit-exceeded</c>, <c>not-permitted</c>, <c>too-many-attempts</c>, <c>id-taken</c>, <c>internal-error</c> if the sink fails,
    /// <c>session-closed</c> if the request is cancelled.
    /// </returns>
    public async ValueTask<SignalingResult<SignalingSession>> ConnectAsync(
        SessionRequest request, ISessionSink sink, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(sink);
        using Activity? activity = SignalingMetrics.Activities.StartActivity("session.connect");
        SignalingResult<SignalingSession> result = await _sessions.OpenAsync(request, sink, cancellationToken).ConfigureAwait(false);
        if (result.Error is { } error)
        {
            _services.Metrics.Rejected(error.Code);
        }

        return result;
    }

    /// <summary>
    /// Begins to refuse new sessions, new rooms and joins with <c>server-stopping</c> and a time to try again. Everything else goes on until
    /// <see cref="DrainAsync"/> or <see cref="Stop"/>. It cannot be undone.
    /// </summary>
    public void BeginDrain()
    {
        if (_services.Drain.TryBegin())
        {
            LogStopping(_services.Logger, SessionCount);
        }
    }

    /// <summary>
    /// Finds the session that a client may resume, and uses up the token. The caller then calls <see cref="SessionResumption.Resume"/> and gives the client a new
    /// token. The host app is asked about <see cref="SignalingOperation.Connect"/> again; if it refuses, the session ends.
    /// </summary>
    /// <param name="request">Who wants it.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision. The token stays valid.</param>
    /// <returns>
    /// The session, suspended or still on another connection. Refusals: <c>not-resumable</c>, <c>server-stopping</c>, <c>not-permitted</c>,
    /// <c>too-many-attempts</c>, <c>limit-exceeded</c>; <c>session-closed</c> if the host ended the session while the client was away, or if the request is
    /// cancelled.
    /// </returns>
    public async ValueTask<SignalingResult<SignalingSession>> FindResumableAsync(ResumeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        SignalingResult<SignalingSession> found = IsStopping
            ? _services.Drain.Refusal
            : await _services.ResumeTokens.UseAsync(request, _services.Options.DefaultApplication, cancellationToken).ConfigureAwait(false);
        if (found.Error is { } error)
        {
            _services.Metrics.Rejected(error.Code);
        }

        return found;
    }

    /// <summary>
    /// Stops gracefully: begins as <see cref="BeginDrain"/> does, and ends the sessions in waves (see <see cref="DrainOptions"/>), each with
    /// <see cref="SessionCloseReason.ServerStopping"/> and a time of its own after which to reconnect. Until it is a session's turn, its signals are relayed as
    /// before, and nobody is told that others have left. With few sessions it takes no time.
    /// </summary>
    /// <param name="within">The longest time from the first wave to the last; <see langword="null"/> for <see cref="DrainOptions.Timeout"/>.</param>
    /// <param name="cancellationToken">Ends the sessions that are left at once; nothing is thrown.</param>
    /// <returns>Completes when all sessions have ended. A second call waits for the same drain, whatever time it names.</returns>
    public async Task DrainAsync(TimeSpan? within = null, CancellationToken cancellationToken = default)
    {
        BeginDrain();
        Task drained = _services.Drain.RunAsync(
            () => [.. _applications.All.SelectMany(application => application.Sessions)], within ?? Options.Drain.Timeout, Stop);
        using (cancellationToken.UnsafeRegister(static drain => ((ServerDrain)drain!).Hurry(), _services.Drain))
        {
            await drained.ConfigureAwait(false);
        }
    }

    /// <summary>Accepts no new sessions from now on, and ends all sessions at once with <see cref="SessionCloseReason.ServerStopping"/>.</summary>
    public void Stop()
    {
        BeginDrain();
        HostCalls.Cancel(_services, _stopping);

        // All end before any leaves its rooms: nobody is told that the others go, and calls between peers need not end with us.
        SignalingSession[] ending = [.. _applications.All.SelectMany(application => application.Sessions).Where(session => session.BeginClose())];
        foreach (SignalingSession session in ending)
        {
            session.EndClose(new(SessionCloseReason.ServerStopping));
        }

        foreach (SignalingSession gone in _services.ResumeTokens.Sessions)
        {
            gone.Resumption.End(new(SessionCloseReason.ServerStopping));
        }

        _services.Drain.Clear();

        // Last, because a drain that hurries stops, too: it would share the work on a thread of its own, and this would return before all have gone.
        _services.Drain.Hurry();
        HostCalls.Cancel(_services, _stopped);
    }

    /// <summary>Stops, and disposes timers and instruments.</summary>
    public void Dispose()
    {
        Stop();
        foreach (Application application in _applications.All)
        {
            application.CloseRooms();
            application.Dispose();
        }

        MessageBoxes.Dispose();
        _services.Metrics.Dispose();
    }

    [LoggerMessage(12, LogLevel.Information, "The signaling server is stopping; {Sessions} sessions end.")]
    private static partial void LogStopping(ILogger logger, int sessions);
}
