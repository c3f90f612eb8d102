using System.Security.Cryptography;

namespace WebRtcSignaling.Draining;

/// <summary>
/// Decides which sessions or connections end in which wave: for the drain of a whole server, and for a transport that closes its connections while the
/// server goes on. It has no state and no clock, only randomness.
/// </summary>
public static class DrainWaves
{
    /// <summary>Divides items into waves of about equal size, in random order.</summary>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <param name="all">All items. The array itself is shuffled.</param>
    /// <param name="options">The size of a wave, and the time between two waves.</param>
    /// <param name="within">The longest time from the first wave to the last.</param>
    /// <returns>The waves; at least one, which may be empty.</returns>
    public static IReadOnlyList<ArraySegment<T>> Divide<T>(T[] all, DrainOptions options, TimeSpan within)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(options);

        // Those who came together, and so stand together, are not to come back together.
        RandomNumberGenerator.Shuffle(all.AsSpan());
        long fitting = 1 + (within / options.WaveInterval is var gaps and >= 0 ? (long)gaps : 0);
        long wanted = Math.Max(1, ((long)all.Length + options.WaveSize - 1) / options.WaveSize);
        int count = (int)Math.Min(fitting, wanted);
        var waves = new ArraySegment<T>[count];
        int start = 0;
        for (int i = 0; i < count; i++)
        {
            int end = (int)((long)all.Length * (i + 1) / count);
            waves[i] = new(all, start, end - start);
            start = end;
        }

        return waves;
    }
}
