namespace WebRtcSignaling.Authorization;

/// <summary>
/// The host app's say in who may do what. Register one to be asked before anything happens; without one, the rules of rooms and roles
/// decide alone.
/// </summary>
public interface ISignalingAuthorizer
{
    /// <summary>
    /// Decides. Called outside all locks, concurrently for different sessions; a session's next request waits for it. An exception is
    /// logged and refuses. It may await for as long as it likes, but should not block: the thread reads for other clients, too, and for very many of them where
    /// the host app lets sockets complete inline.
    /// </summary>
    /// <param name="request">What somebody wants to do.</param>
    /// <param name="cancellationToken">Fires when the session ends.</param>
    ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken);
}
