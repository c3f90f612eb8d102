namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Takes steps out of a sequence that fails, as long as it still fails: large parts first, then single ones.</summary>
internal static class Shrinker
{
    private const int MaxRuns = 3_000;

    public static async Task<List<Step>> ShrinkAsync(List<Step> failing, Func<IReadOnlyList<Step>, Task<bool>> fails)
    {
        List<Step> best = failing;
        int runs = 0;
        for (int part = best.Count / 2; part > 0; part = part > 1 ? part / 2 : await IsSmallerAsync() ? 1 : 0)
        {
            await TryPartsAsync(part);
        }

        return best;

        async Task TryPartsAsync(int part)
        {
            for (int at = 0; at < best.Count && runs < MaxRuns;)
            {
                List<Step> shorter = [.. best.Take(at), .. best.Skip(at + part)];
                runs++;
                if (await fails(shorter))
                {
                    best = shorter;
                }
                else
                {
                    at += part;
                }
            }
        }

        async Task<bool> IsSmallerAsync()
        {
            int before = best.Count;
            await TryPartsAsync(1);
            return best.Count < before && runs < MaxRuns;
        }
    }
}
