using System.Globalization;

namespace WebRtcSignaling.WebSockets.Tests.Fuzzing;

/// <summary>
/// Runs one attempt after the other, each with a seed of its own, until the time is up. FUZZ_SECONDS sets the seconds of each test
/// (2 without it); FUZZ_SEED replays a single attempt, which is what a failure's message says to do.
/// </summary>
internal static class FuzzRun
{
    private const double DefaultSeconds = 2;

    /// <summary>A single attempt takes milliseconds; one that is not back after this long hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task ForEachSeed(Action<int> attempt) => ForEachSeedAsync(seed =>
    {
        attempt(seed);
        return Task.CompletedTask;
    });

    public static async Task ForEachSeedAsync(Func<int, Task> attempt)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var replayed))
        {
            await attempt(replayed);
            return;
        }

        var seconds = double.TryParse(Environment.GetEnvironmentVariable("FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var set) ? set : DefaultSeconds;
        var first = Random.Shared.Next(1 << 30);
        var current = first;
        var start = TimeProvider.System.GetTimestamp();

        // On a thread of its own: an attempt that never ends must end as a failure that names its seed.
        var run = Task.Factory.StartNew(
            async () =>
            {
                while (TimeProvider.System.GetElapsedTime(start).TotalSeconds < seconds)
                {
                    await attempt(Volatile.Read(ref current));
                    Interlocked.Increment(ref current);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();

        try
        {
            await run.WaitAsync(TimeSpan.FromSeconds(seconds) + Patience, TimeProvider.System);
        }
        catch (Exception exception)
        {
            throw new AssertionException($"Replay with FUZZ_SEED={Volatile.Read(ref current)}: {exception.Message}", exception);
        }

        Assert.That(current, Is.GreaterThan(first));
        await TestContext.Out.WriteLineAsync($"{current - first} attempts from seed {first}");
    }
}
