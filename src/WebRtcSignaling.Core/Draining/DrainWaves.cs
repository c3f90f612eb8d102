using System.Security.Cryptography;

namespace WebRtcSignaling.Draining;

/// <summary>
/// Who goes when: for the server's own drain, and for a transport that sends its connections away while the server goes on. Pure but for chance: no clock.
/// </summary>
public static class DrainWaves
{
    /// <summary>Divides those who are to go into waves of about equal size, in an order of chance.</summary>
    /// <typeparam name="T">What goes.</typeparam>
    /// <param name="all">All of them. The array is shuffled.</param>
    /// <param name="options">How many go at once, and how long it is between two waves.</param>
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
