namespace WebRtcSignaling.Load.Soak;

/// <summary>How far a figure may rise over the whole run before it counts as growth.</summary>
/// <param name="Relative">As a share of where it began.</param>
/// <param name="Absolute">And so much besides, in the figure's unit, for what is noise in small figures.</param>
internal sealed record GrowthTolerance(double Relative, double Absolute)
{
    public double BoundFrom(double start) => (start * (1 + Relative)) + Absolute;
}
