namespace WebRtcSignaling.Load.Cases;

/// <summary>What relaying took.</summary>
/// <param name="Signals">How many arrived.</param>
/// <param name="Usage">Time, and CPU time.</param>
/// <param name="P50">The latency, in microseconds, that half of them did not exceed.</param>
/// <param name="P99">That 99 % did not exceed.</param>
/// <param name="P999">That 99.9 % did not exceed.</param>
internal sealed record RelayMeasurement(long Signals, Usage Usage, double P50, double P99, double P999);
