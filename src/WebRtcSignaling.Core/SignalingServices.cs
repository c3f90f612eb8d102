using Microsoft.Extensions.Logging;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Diagnostics;
using WebRtcSignaling.Draining;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Limits;
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
    public AdmissionControl Admission { get; } = new(Options.Admission, Options.Rooms, Time, Metrics);

    /// <summary>What each session is held to.</summary>
    public MessageRates SessionRates { get; } = new(Options.Sessions.Rates, Time);

    public TokenRate JoinRate { get; } = new(1 / Options.Sessions.JoinInterval.TotalSeconds, Options.Sessions.JoinBurst, Time);
}
