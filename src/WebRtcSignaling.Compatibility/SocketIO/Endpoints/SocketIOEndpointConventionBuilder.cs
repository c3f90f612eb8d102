using Microsoft.AspNetCore.Builder;

namespace WebRtcSignaling.Compatibility.SocketIO.Endpoints;

/// <summary>Adds conventions to a Socket.IO endpoint: <c>RequireAuthorization</c>, <c>RequireHost</c>, <c>WithMetadata</c> and so on.</summary>
public sealed class SocketIOEndpointConventionBuilder : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder _endpoint;

    internal SocketIOEndpointConventionBuilder(IEndpointConventionBuilder endpoint) => _endpoint = endpoint;

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _endpoint.Add(convention);

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) => _endpoint.Finally(finallyConvention);
}
