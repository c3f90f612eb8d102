using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>What all connections of one listener share.</summary>
/// <param name="Options">The settings.</param>
/// <param name="Policy">Which requests become connections.</param>
/// <param name="WebSockets">Who serves them then.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where to log.</param>
/// <param name="Stopping">Fires when the listener begins to stop: handshakes end, connections say goodbye.</param>
/// <param name="Aborted">Fires when the time for that is over.</param>
internal sealed record ListenerContext(
    SignalingListenerOptions Options,
    RequestPolicy Policy,
    WebSocketEndpoint WebSockets,
    TimeProvider Time,
    ILogger Logger,
    CancellationToken Stopping,
    CancellationToken Aborted)
{
    private volatile bool _isDraining;

    /// <summary>Whether clients are sent away, and nobody new is taken.</summary>
    public bool IsDraining => _isDraining || WebSockets.IsStopping;

    /// <summary>The places for clients that are in their handshake or being refused.</summary>
    public Capacity Handshakes { get; } = new(Options.MaxHandshakes);

    /// <summary>The clients there are, in their handshake or behind it.</summary>
    public ListenerConnections Clients { get; } = new();

    /// <summary>The places for connections.</summary>
    public Capacity Connections { get; } = new(Options.MaxConnections);

    /// <summary>From now on new clients are refused with 503.</summary>
    public void BeginDrain() => _isDraining = true;
}
