using System.Collections.Concurrent;
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

    /// <summary>The rooms that exist in every application, as they are when nobody is in them.</summary>
    public ConcurrentDictionary<RoomId, RoomState> StandingRooms { get; } = new();

    public ServerDrain Drain { get; } = new(Options.Drain, Time);

    public AdmissionControl Admission { get; } = new(Options.Admission, Options.Rooms, Time, Metrics);

    /// <summary>
    /// Where passwords of rooms are hashed and checked, on half of the cores; and no more than eight at once, so that those who say the right one at the same moment do not take
    /// the guesses of their room and of their address from one another.
    /// </summary>
    public WorkGate PasswordWork { get; } = new(Math.Clamp(Environment.ProcessorCount / 2, 1, 8));

    /// <summary>What each session is held to.</summary>
    public MessageRates SessionRates { get; } = new(Options.Sessions.Rates, Time);

    public TokenRate JoinRate { get; } = new(1 / Options.Sessions.JoinInterval.TotalSeconds, Options.Sessions.JoinBurst, Time);
}
