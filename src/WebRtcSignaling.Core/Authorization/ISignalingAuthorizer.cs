namespace WebRtcSignaling.Authorization;

/// <summary>
/// Lets the host app decide who may do what. If one is registered, it is asked before anything happens; without one, only the rules of rooms and roles decide.
/// </summary>
public interface ISignalingAuthorizer
{
    /// <summary>
    /// Decides about one request. Called outside all locks, and concurrently for different sessions; a client's next request waits for the answer. If it
    /// throws, the exception is logged and the request is refused. It may await for any time, but should not block: its thread also serves other clients, and
    /// very many of them where the host app uses inline sockets.
    /// </summary>
    /// <param name="request">What somebody wants to do.</param>
    /// <param name="cancellationToken">Fires when the session ends.</param>
    ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken);
}
