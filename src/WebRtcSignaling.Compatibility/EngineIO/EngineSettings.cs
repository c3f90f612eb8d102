using WebRtcSignaling.Limits;

namespace WebRtcSignaling.Compatibility.EngineIO;

/// <summary>What sessions need to know; <see cref="SocketIO.SocketIOOptions"/> describes each.</summary>
internal sealed record EngineSettings
{
    public required TimeSpan PingInterval { get; init; }

    public required TimeSpan PingTimeout { get; init; }

    public required TimeSpan UpgradeTimeout { get; init; }

    public required TimeSpan ConnectTimeout { get; init; }

    public required TimeSpan CloseTimeout { get; init; }

    public required int MaxPayloadBytes { get; init; }

    public required int MaxBufferedBytes { get; init; }

    public required int MaxSessions { get; init; }

    public required RateOptions Rates { get; init; }
}
