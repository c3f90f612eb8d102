namespace WebRtcSignaling.Testing.Faults;

/// <summary>What goes wrong; <see cref="Fault"/> makes each with what it needs.</summary>
public enum FaultKind
{
    Reset,
    End,
    HalfOpen,
    Delay,
    Throttle,
    Split,
    Stall,
}
