using Microsoft.Extensions.Logging;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Hosting;
using WebRtcSignaling.Names;

namespace WebRtcSignaling.Sessions;

/// <summary>Opens the sessions of a server and counts them. Safe for concurrent use.</summary>
/// <param name="applications">Where they belong.</param>
/// <param name="services">What they need.</param>
/// <param name="stopping">Fires when nobody is let in any more; whoever waits for the host app waits no longer.</param>
internal sealed partial class SessionRegistry(ApplicationRegistry applications, SignalingServices services, CancellationToken stopping)
{
    private int _count;

    /// <summary>How many sessions exist.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Begins a session, if the host app and all limits let it.</summary>
    public async ValueTask<SignalingResult<SignalingSession>> OpenAsync(
        SessionRequest request, ISessionSink sink, CancellationToken cancellationToken)
    {
        if (services.Drain.HasBegun)
        {
            return services.Drain.Refusal;
        }

        if (request.Username is not null && !NameRules.IsValid(request.Username))
        {
            return SignalingErrors.InvalidArgument("A username has 1 to 64 characters and no control characters.");
        }

        if (request.Id == default(SessionId))
        {
            return SignalingErrors.InvalidArgument("An id has 1 to 64 characters and no control characters.");
        }

        string application = request.Application ?? services.Options.DefaultApplication;
        bool mayCreate = request.CreateApplication ?? services.Options.AutoCreateApplications;
        SignalingError? refusal =
            applications.Check(application, mayCreate)
            ?? services.Admission.CheckAuthentication(request.RemoteAddress);
        if (refusal is not null)
        {
            return refusal;
        }

        var question = new AuthorizationRequest
        {
            Operation = SignalingOperation.Connect,
            Application = application,
            User = request.User,
            Username = request.Username,
            Data = request.Credential,
        };
        SignalingResult<AuthorizationDecision> allowed = await AuthorizeAsync(question, cancellationToken).ConfigureAwait(false);
        SignalingResult<SignalingSession> opened =
            allowed.IsSuccess ? Open(request.Admitted(allowed.Value), application, mayCreate, sink) : allowed.Error;
        services.Admission.CountUnproven(request, opened.Error);
        return opened;
    }

    /// <summary>Asks the host app, until the caller or the server has no use for the answer.</summary>
    private async ValueTask<SignalingResult<AuthorizationDecision>> AuthorizeAsync(AuthorizationRequest question, CancellationToken cancellationToken)
    {
        SignalingResult<AuthorizationDecision> allowed =
            await HostCalls.AuthorizeAsync(services, question, cancellationToken, stopping).ConfigureAwait(false);
        return services.Drain.HasBegun ? services.Drain.Refusal : allowed;
    }

    private SignalingResult<SignalingSession> Open(SessionRequest request, string name, bool mayCreate, ISessionSink sink)
    {
        // Nobody who is refused creates an application.
        SignalingResult<Application> entered = applications.Enter(name, mayCreate);
        if (!entered.TryGetValue(out Application? application))
        {
            return entered.Error!;
        }

        try
        {
            return Open(request, application, sink);
        }
        finally
        {
            application.Release();
        }
    }

    private SignalingResult<SignalingSession> Open(SessionRequest request, Application application, ISessionSink sink)
    {
        SessionId id = request.Id ?? SessionId.Create();
        if (request.AuthenticationExpiresAt <= services.Time.GetUtcNow())
        {
            return SignalingErrors.AuthenticationExpired;
        }

        if (!application.TryFree(id, ReclaimSecret.Of(request.ReclaimSecret), out bool isReclaimed))
        {
            return SignalingErrors.IdTaken;
        }

        if (application.TakePlace() is { } full)
        {
            return full;
        }

        string? account = AccountIdentity.Of(request.User);
        if (!application.Users.TryReserve(account))
        {
            application.GivePlaceBack();
            return SignalingErrors.AccountIsFull(services.Options.Sessions.MaxPerUser);
        }

        SignalingResult<SignalingSession> begun = Begin(id, request, application, sink, isReclaimed);
        if (!begun.TryGetValue(out SignalingSession? session))
        {
            application.GivePlaceBack();
            application.Users.Release(account);
            return begun;
        }

        application.Users.Enter(session)?.Close(new(SessionCloseReason.Replaced));

        // Stop may have looked for sessions before this one was among them.
        if (services.Drain.HasBegun)
        {
            session.Close(new(SessionCloseReason.ServerStopping));
            return services.Drain.Refusal;
        }

        session.Authentication.Watch();
        return session;
    }

    /// <summary>A session has ended.</summary>
    public void OnSessionClosed(SignalingSession session, SessionClose close)
    {
        Interlocked.Decrement(ref _count);
        services.Metrics.SessionClosed(close.Reason);
        LogSessionClosed(services.Logger, session.Id, close.Reason);
    }

    private SignalingResult<SignalingSession> Begin(
        SessionId id, SessionRequest request, Application application, ISessionSink sink, bool isReclaimed)
    {
        int limit = services.Options.Sessions.MaxSessions;
        if (Interlocked.Increment(ref _count) > limit)
        {
            Interlocked.Decrement(ref _count);
            return SignalingErrors.LimitExceeded($"The server holds {limit} sessions already.");
        }

        var session = new SignalingSession(id, request, application, services, sink, this) { IsReclaimed = isReclaimed };
        services.Metrics.SessionOpened();
        LogSessionOpened(services.Logger, id, application.Name);
        if (session.Open().Error is { } failure)
        {
            session.Close(new(SessionCloseReason.InternalError));
            return failure;
        }

        SignalingError? refusal = application.Add(session);
        var spin = default(SpinWait);
        while (refusal?.Code == SignalingErrorCode.IdTaken && session.Reclaim is not null && application.TryFree(id, session.Reclaim, out isReclaimed))
        {
            // Another connection of the same client was faster, and the last one counts; or the older session is still leaving.
            spin.SpinOnce();
            session.IsReclaimed |= isReclaimed;
            refusal = application.Add(session);
        }

        if (refusal is not null)
        {
            session.Close(new(SessionCloseReason.Replaced));
            return refusal;
        }

        // Its sink may have ended it before it was among the application's sessions.
        if (session.IsClosed)
        {
            application.Remove(session);
        }

        return session;
    }

    [LoggerMessage(10, LogLevel.Debug, "Session {SessionId} began in application {Application}.")]
    private static partial void LogSessionOpened(ILogger logger, SessionId sessionId, string application);

    [LoggerMessage(11, LogLevel.Debug, "Session {SessionId} ended: {Reason}.")]
    private static partial void LogSessionClosed(ILogger logger, SessionId sessionId, SessionCloseReason reason);
}
