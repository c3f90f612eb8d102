namespace WebRtcSignaling.Load.Measuring;

/// <summary>What is measured. How each is shown stands in <see cref="FigureText"/>.</summary>
internal enum Figure
{
    RelayCpu,
    RelayRate,
    RelayServerLoad,
    RelayOthersLoad,
    RelayClientLoad,
    RelayP50,
    RelayP99,
    RelayP999,
    LongRelayCpu,
    LongRelayRate,
    HalfRate,
    HalfP50,
    HalfP99,
    HalfP999,
    HalfCpu,
    HalfOthersLoad,
    NativeP99AtThatRate,
    FixedP50,
    FixedP99,
    FixedP999,
    FixedCpu,
    FixedOthersLoad,
    FanOutCpu,
    FanOutRate,
    SetUpRate,
    SetUpCpu,
    IdleMemory,
    IdleCpu,
}
