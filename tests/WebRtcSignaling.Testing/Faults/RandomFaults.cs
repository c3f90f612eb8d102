using System.Globalization;

namespace WebRtcSignaling.Testing.Faults;

/// <summary>
/// Faults of one connection after another, by a seed that replays them: a new one each run, or the one in the environment variable
/// FAULT_SEED. What a connection meets depends on the seed and its number only, not on the order in which connections are made.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="meanBytes">After how many bytes of one direction a connection is cut, on the average.</param>
public sealed class RandomFaults(int seed, int meanBytes = 4_000)
{
    private const double DisturbedShare = 0.25;

    /// <summary>Random faults by a seed of this run.</summary>
    public RandomFaults()
        : this(NewSeed())
    {
    }

    public int Seed { get; } = seed;

    /// <summary>What goes wrong on a connection: it is cut at some byte, and may be slow or in pieces before.</summary>
    /// <param name="connection">Its number.</param>
    public LinkFaults For(int connection)
    {
        var random = new Random(unchecked((Seed * 486_187_739) + connection));
        List<Fault> toServer = Disturbances(random);
        List<Fault> toClient = Disturbances(random);
        (random.Next(2) == 0 ? toServer : toClient).Add(CutAt(random, random.NextInt64(2L * meanBytes)));
        return new(toServer, toClient);
    }

    /// <summary>Runs a test; its failure tells the seed.</summary>
    public async Task TryAsync(Func<Task> test)
    {
        try
        {
            await test();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"With FAULT_SEED={Seed}: {exception.Message}", exception);
        }
    }

    private static int NewSeed() =>
        int.TryParse(Environment.GetEnvironmentVariable("FAULT_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next(1 << 30);

    private static Fault CutAt(Random random, long atByte) => random.Next(10) switch
    {
        < 5 => Fault.Reset(atByte),
        < 7 => Fault.End(atByte),
        _ => Fault.HalfOpen(atByte),
    };

    private List<Fault> Disturbances(Random random)
    {
        var faults = new List<Fault>();
        if (random.NextDouble() < DisturbedShare)
        {
            faults.Add(Fault.Split(0, random.Next(1, 17)));
        }

        if (random.NextDouble() < DisturbedShare)
        {
            faults.Add(Fault.Delay(random.NextInt64(meanBytes), TimeSpan.FromMilliseconds(random.Next(1, 500))));
        }

        if (random.NextDouble() < DisturbedShare)
        {
            faults.Add(Fault.Stall(random.NextInt64(meanBytes), TimeSpan.FromMilliseconds(random.Next(1, 5_000))));
        }

        if (random.NextDouble() < DisturbedShare)
        {
            faults.Add(Fault.Throttle(random.NextInt64(meanBytes), random.Next(500, 20_000)));
        }

        return faults;
    }
}
