using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Reporting;

/// <summary>The order in which servers are shown.</summary>
internal static class Ranking
{
    /// <summary>Those for which a figure was measured, the least of it first.</summary>
    public static IEnumerable<Target> Of(Figure figure, IEnumerable<Target> targets, Results results) =>
        from target in targets
        let samples = results.TryGet(target.Name, figure, out Samples? found) ? found : null
        where samples is not null
        orderby samples.Median
        select target;
}
