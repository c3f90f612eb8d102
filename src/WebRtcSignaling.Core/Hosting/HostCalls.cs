using Microsoft.Extensions.Logging;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Hosting;

/// <summary>
/// The calls into code that is not ours. Whatever it throws is logged here, refuses the request or ends the session, and goes no further.
/// </summary>
internal static partial class HostCalls
{
    /// <summary>Asks the host app; an exception means no, unless nobody waits for the answer any more: what is called fails as it likes when it is canceled.</summary>
    /// <param name="services">Knows whom to ask, if anybody.</param>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Fires when the caller has no use for the answer any more.</param>
    /// <param name="ending">Fires when nobody has: the session or the server ends.</param>
    public static async ValueTask<SignalingResult<AuthorizationDecision>> AuthorizeAsync(
        SignalingServices services, AuthorizationRequest request, CancellationToken cancellationToken, CancellationToken ending)
    {
        if (services.Authorizer is not { } authorizer)
        {
            return AuthorizationDecision.Allow;
        }

        // Only here: a token that was linked once keeps what that took for as long as its connection lives.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending);
        try
        {
            AuthorizationDecision decision = await authorizer.AuthorizeAsync(request, either.Token).ConfigureAwait(false);
            return decision.IsAllowed
                ? decision
                : SignalingErrors.NotPermitted(request.Room ?? default(RoomId), request.Target ?? default, decision.Reason);
        }
#pragma warning disable CA1031 // Whatever the host app throws means no; it must not take the connection down.
        catch (Exception exception) when (either.IsCancellationRequested)
        {
            LogAbandoned(services.Logger, request.Operation, exception);
            return SignalingErrors.SessionClosed;
        }
        catch (Exception exception)
        {
            LogAuthorizerFailed(services.Logger, request.Operation, exception);
            return SignalingErrors.NotPermitted(request.Room ?? default(RoomId), request.Target ?? default);
        }
    }

    /// <summary>Asks for ICE servers; an exception means an internal error, unless nobody waits for the answer any more.</summary>
    /// <param name="services">Knows whom to ask.</param>
    /// <param name="request">For whom.</param>
    /// <param name="cancellationToken">Fires when the caller has no use for the answer any more.</param>
    /// <param name="ending">Fires when the session ends.</param>
    public static async ValueTask<SignalingResult<IReadOnlyList<IceServer>>> GetIceServersAsync(
        SignalingServices services, IceServerRequest request, CancellationToken cancellationToken, CancellationToken ending)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending);
        try
        {
            return SignalingResult.FromValue(await services.IceServers.GetIceServersAsync(request, either.Token).ConfigureAwait(false));
        }
        catch (Exception exception) when (either.IsCancellationRequested)
        {
            LogAbandoned(services.Logger, SignalingOperation.GetIceServers, exception);
            return SignalingErrors.SessionClosed;
        }
        catch (Exception exception)
        {
            LogIceServersFailed(services.Logger, exception);
            return SignalingErrors.InternalError;
        }
    }

    /// <summary>Tells a sink that its session begins; one that throws gets none.</summary>
    public static SignalingResult NotifyOpened(SignalingServices services, SignalingSession session, ISessionSink sink)
    {
        try
        {
            sink.OnOpened(session);
            return SignalingResult.Success;
        }
        catch (Exception exception)
        {
            LogSinkFailed(services.Logger, exception);
            return SignalingErrors.InternalError;
        }
    }

    /// <summary>Hands an event to a sink; one that throws has lost it, so its session ends.</summary>
    public static void Deliver(SignalingServices services, SignalingSession session, ISessionSink sink, SignalingEvent signalingEvent)
    {
        try
        {
            sink.OnEvent(signalingEvent);
        }
        catch (Exception exception)
        {
            LogSinkFailed(services.Logger, exception);
            session.CloseLater(new(SessionCloseReason.InternalError));
        }
    }

    /// <summary>Hands a signal to a sink; one that throws has lost it, so its session ends.</summary>
    public static void Deliver(SignalingServices services, SignalingSession session, ISessionSink sink, in Signal signal)
    {
        try
        {
            sink.OnSignal(in signal);
        }
        catch (Exception exception)
        {
            LogSinkFailed(services.Logger, exception);
            session.CloseLater(new(SessionCloseReason.InternalError));
        }
    }

    /// <summary>Tells a sink that its session has ended.</summary>
    public static void NotifyClosed(SignalingServices services, ISessionSink sink, SessionClose close)
    {
        try
        {
            sink.OnClosed(close);
        }
        catch (Exception exception)
        {
            LogSinkFailed(services.Logger, exception);
        }
    }

    /// <summary>Runs what the host has registered for a session's end.</summary>
    public static void Cancel(SignalingServices services, CancellationTokenSource closed)
    {
        try
        {
            closed.Cancel();
        }
        catch (Exception exception)
        {
            LogCallbackFailed(services.Logger, exception);
        }
    }
#pragma warning restore CA1031

    [LoggerMessage(1, LogLevel.Error, "The authorizer failed on {Operation}; the request is refused.")]
    private static partial void LogAuthorizerFailed(ILogger logger, SignalingOperation operation, Exception exception);

    [LoggerMessage(13, LogLevel.Debug, "Nobody waits for the host app's answer on {Operation} any more.")]
    private static partial void LogAbandoned(ILogger logger, SignalingOperation operation, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The ICE server provider failed; the request is refused.")]
    private static partial void LogIceServersFailed(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "A session's sink failed; the session ends.")]
    private static partial void LogSinkFailed(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "A callback that was registered for a session's end failed; the session has ended.")]
    private static partial void LogCallbackFailed(ILogger logger, Exception exception);
}
