using System.Globalization;

namespace WebRtcSignaling.Testing.Splits;

/// <summary>
/// The seed of this run's random cuts: a new one each run, or the one in the environment variable SPLIT_SEED, which replays a failure.
/// </summary>
public static class SplitSeed
{
    public static int Value { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SPLIT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next(1 << 30);
}
