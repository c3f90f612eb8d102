using System.Collections.Concurrent;
using WebRtcSignaling.Authorization;

namespace WebRtcSignaling.Core.Tests.Peers;

/// <summary>A host app that answers as the test says, and remembers what it was asked.</summary>
internal sealed class AskedAuthorizer(Func<AuthorizationRequest, CancellationToken, ValueTask<AuthorizationDecision>> answer) : ISignalingAuthorizer
{
    private readonly ConcurrentQueue<AuthorizationRequest> _asked = new();

    public AskedAuthorizer(Func<AuthorizationRequest, AuthorizationDecision> answer)
        : this((request, _) => ValueTask.FromResult(answer(request)))
    {
    }

    public IReadOnlyList<AuthorizationRequest> Asked => [.. _asked];

    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken)
    {
        _asked.Enqueue(request);
        return answer(request, cancellationToken);
    }
}
