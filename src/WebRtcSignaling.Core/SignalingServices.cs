using Microsoft.Extensions.Logging;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Diagnostics;
using WebRtcSignaling.Draining;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Resumption;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling;

/// <summary>What every part of one server needs.</summary>
internal sealed record SignalingServices(
    SignalingOptions Options,
    ISignalingAuthorizer? Authorizer,
    IIceServerProvider IceServers,
    TimeProvider Time,
    SignalingMetrics Metrics,
    ILogger Logger)
{
    public ResumeTokens ResumeTokens { get; } = new();

    public RoomRules RoomRules { get; } = new(Options.Rooms, Options.Calls);

    public ServerDrain Drain { get; } = new(Options.Drain, Time);
}
