using Microsoft.AspNetCore.Builder;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Adds conventions to a signaling endpoint: <c>RequireAuthorization</c>, <c>RequireCors</c>, <c>WithMetadata</c> and so on.</summary>
public sealed class SignalingEndpointConventionBuilder : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder[] _endpoints;

    internal SignalingEndpointConventionBuilder(params IEndpointConventionBuilder[] endpoints) => _endpoints = endpoints;

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => Array.ForEach(_endpoints, endpoint => endpoint.Add(convention));

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) =>
        Array.ForEach(_endpoints, endpoint => endpoint.Finally(finallyConvention));
}
