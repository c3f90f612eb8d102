using WebRtcSignaling.Authorization;

namespace WebRtcSignaling.Testing.Connections;

/// <summary>A host app that decides as the test says.</summary>
public sealed class AskedAuthorizer(Func<AuthorizationRequest, CancellationToken, ValueTask<AuthorizationDecision>> decide) : ISignalingAuthorizer
{
    public AskedAuthorizer(Func<AuthorizationRequest, AuthorizationDecision> decide)
        : this((request, _) => new(decide(request)))
    {
    }

    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken) =>
        decide(request, cancellationToken);
}
