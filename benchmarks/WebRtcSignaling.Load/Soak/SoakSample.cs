namespace WebRtcSignaling.Load.Soak;

/// <summary>What was seen of the server at one moment.</summary>
/// <param name="At">Since the churn began.</param>
/// <param name="ResidentBytes">Its resident memory.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Handles">Its open files and sockets.</param>
/// <param name="Probe">What it tells itself.</param>
/// <param name="Visits">How many visits were over.</param>
internal sealed record SoakSample(TimeSpan At, long ResidentBytes, int Threads, int Handles, ProbeReading Probe, long Visits);
