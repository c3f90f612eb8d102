namespace WebRtcSignaling.Load.Cases;

/// <summary>What a stretch of time took.</summary>
/// <param name="Elapsed">Its length.</param>
/// <param name="ServerCpu">The CPU time of the server in it.</param>
/// <param name="CoreBusy">How long the server's core was busy, with the server or anything else.</param>
/// <param name="ClientBusy">How long the client had something to do.</param>
internal readonly record struct Usage(TimeSpan Elapsed, TimeSpan ServerCpu, TimeSpan CoreBusy, TimeSpan ClientBusy)
{
    public static Usage operator +(Usage one, Usage other) => new(
        one.Elapsed + other.Elapsed, one.ServerCpu + other.ServerCpu, one.CoreBusy + other.CoreBusy, one.ClientBusy + other.ClientBusy);

    /// <summary>The server's CPU time for each of so many things, in microseconds.</summary>
    public double ServerMicrosecondsPer(double count) => ServerCpu.TotalMicroseconds / count;

    public double RateOf(double count) => count / Elapsed.TotalSeconds;

    /// <summary>How much of one core the server used, in percent.</summary>
    public double ServerPercent => 100 * (ServerCpu / Elapsed);

    /// <summary>How much of the server's core others used, in percent: how disturbed the measurement was.</summary>
    public double OthersPercent => Math.Max(0, 100 * ((CoreBusy - ServerCpu) / Elapsed));

    /// <summary>For how much of the time the client had something to do, in percent.</summary>
    public double ClientPercent => 100 * (ClientBusy / Elapsed);
}
