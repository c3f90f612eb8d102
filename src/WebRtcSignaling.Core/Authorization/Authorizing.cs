using Microsoft.Extensions.Logging;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Authorization;

/// <summary>Asks the host app, and takes whatever goes wrong there for a no.</summary>
internal static partial class Authorizing
{
    public static async ValueTask<SignalingResult<AuthorizationDecision>> AskAsync(
        SignalingServices services, AuthorizationRequest request, CancellationToken cancellationToken)
    {
        if (services.Authorizer is not { } authorizer)
        {
            return AuthorizationDecision.Allow;
        }

        try
        {
            AuthorizationDecision decision = await authorizer.AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
            return decision.IsAllowed
                ? decision
                : SignalingErrors.NotPermitted(request.Room ?? default(RoomId), request.Target ?? default, decision.Reason);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return SignalingErrors.SessionClosed;
        }
#pragma warning disable CA1031 // Whatever the host app throws means no; it must not take the connection down.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogAuthorizerFailed(services.Logger, request.Operation, exception);
            return SignalingErrors.NotPermitted(request.Room ?? default(RoomId), request.Target ?? default);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The authorizer failed on {Operation}; the request is refused.")]
    private static partial void LogAuthorizerFailed(ILogger logger, SignalingOperation operation, Exception exception);
}
