using Microsoft.AspNetCore.Builder;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Adds conventions to a signaling endpoint: <c>RequireAuthorization</c>, <c>RequireCors</c>, <c>WithMetadata</c> and so on.</summary>
public sealed class SignalingEndpointConventionBuilder : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder _endpoint;

    internal SignalingEndpointConventionBuilder(IEndpointConventionBuilder endpoint) => _endpoint = endpoint;

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _endpoint.Add(convention);

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) => _endpoint.Finally(finallyConvention);
}
