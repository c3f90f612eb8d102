using WebRtcSignaling.Load.Cases;

namespace WebRtcSignaling.Load.Command;

/// <summary>One server at one kind of work, in parts between which others have their turns.</summary>
/// <param name="server">The server.</param>
/// <param name="part">Measures one part.</param>
internal sealed class Stretch(RoundServer server, Func<Measurement> part)
{
    private Measurement? _sum;

    public RoundServer Server => server;

    /// <summary>What all parts came to.</summary>
    public Measurement Measured => _sum ?? throw new InvalidOperationException("Nothing was measured.");

    /// <summary>One more part.</summary>
    public void Run()
    {
        Measurement one = part();
        _sum = _sum?.With(one) ?? one;
    }
}
