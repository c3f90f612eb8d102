namespace WebRtcSignaling.Load.Soak;

/// <summary>One figure of all samples.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The figure of a sample.</param>
/// <param name="Tolerance">How far it may rise; null for what is only shown, because clients decide how much of it there is.</param>
internal sealed record SoakSeries(string Title, string Unit, Func<SoakSample, double> Value, GrowthTolerance? Tolerance = null)
{
    private const double Mega = 1_000_000;

    /// <summary>All, in the order in which they are shown.</summary>
    public static IReadOnlyList<SoakSeries> All { get; } =
    [
        new("heap after a collection", "MB", static sample => sample.Probe.HeapBytes / Mega, new(Relative: 0.15, Absolute: 4)),
        new("resident memory", "MB", static sample => sample.ResidentBytes / Mega, new(Relative: 0.15, Absolute: 15)),
        new("open files and sockets", "", static sample => sample.Handles, new(Relative: 0.25, Absolute: 50)),
        new("threads", "", static sample => sample.Threads, new(Relative: 0.25, Absolute: 8)),
        new("sessions", "", static sample => sample.Probe.Sessions, new(Relative: 0.5, Absolute: 50)),
        new("rooms", "", static sample => sample.Probe.Rooms, new(Relative: 0.5, Absolute: 50)),
        new("bytes that wait for clients", "kB", static sample => sample.Probe.OutboxBytes / 1_000.0),
        new("visits so far", "", static sample => sample.Visits),
    ];
}
