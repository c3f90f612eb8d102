namespace WebRtcSignaling.Compatibility.SocketIO.Endpoints;

/// <summary>Settings of one <c>MapSocketIO</c>.</summary>
public sealed class SocketIOEndpointOptions
{
    /// <summary>
    /// The application of all clients that connect here; it must exist (<see cref="SignalingOptions.Applications"/>). Default <see langword="null"/>:
    /// clients whose messages can name an application choose one, and all others get <see cref="SignalingOptions.DefaultApplication"/>.
    /// </summary>
    public string? Application { get; set; }
}
