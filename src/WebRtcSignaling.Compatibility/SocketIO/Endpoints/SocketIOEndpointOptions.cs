namespace WebRtcSignaling.Compatibility.SocketIO.Endpoints;

/// <summary>What differs from one <c>MapSocketIO</c> to the next.</summary>
public sealed class SocketIOEndpointOptions
{
    /// <summary>
    /// The application of all that connect here; it must exist (<see cref="SignalingOptions.Applications"/>). Default <see langword="null"/>: clients whose
    /// messages can name one choose, and all others get <see cref="SignalingOptions.DefaultApplication"/>.
    /// </summary>
    public string? Application { get; set; }
}
