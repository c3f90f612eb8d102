namespace WebRtcSignaling.Load.Cases;

/// <summary>What idle connections took.</summary>
/// <param name="SetUp">Until all had joined their rooms.</param>
/// <param name="Idle">While nothing but heartbeats happened.</param>
/// <param name="Bytes">By how much the server's resident memory has grown, at the end.</param>
internal sealed record IdleMeasurement(Usage SetUp, Usage Idle, long Bytes);
