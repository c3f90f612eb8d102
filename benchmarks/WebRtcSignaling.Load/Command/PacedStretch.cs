using WebRtcSignaling.Load.Cases;

namespace WebRtcSignaling.Load.Command;

/// <summary>One server at one rate, in parts between which others have their turns.</summary>
internal sealed class PacedStretch(RelayLoad load, double rate)
{
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(0.25);
    private RelayMeasurement? _sum;

    public double Rate => rate;

    /// <summary>What all parts came to.</summary>
    public RelayMeasurement Measured => _sum ?? throw new InvalidOperationException("Nothing was measured.");

    /// <summary>One more part.</summary>
    public void Run(TimeSpan duration)
    {
        RelayMeasurement part = load.Pace(rate, _warmUp, duration);
        _sum = _sum?.With(part) ?? part;
    }

    /// <summary>Waits until the server is through with what it has left to do, so that it is not done in the turn of another one.</summary>
    public void AwaitRest() => load.AwaitRest();
}
