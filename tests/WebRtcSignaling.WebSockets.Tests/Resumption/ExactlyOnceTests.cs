namespace WebRtcSignaling.WebSockets.Tests.Resumption;

/// <summary>
/// Signals under cuts: none is lost, none comes twice, and the order is kept, or the client is told that there is a gap, and what its room is like then.
/// </summary>
public sealed class ExactlyOnceTests
{
    private const int Signals = 1_000_000;

    /// <summary>Set to the seed of a run that failed to see it again; the threads still take turns as they like.</summary>
    private const string SeedVariable = "EXACTLY_ONCE_SEED";

    [Test]
    public async Task A_million_signals_between_fifty_sessions_arrive_once_and_in_order_whatever_becomes_of_the_connections()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), out int given) ? given : Random.Shared.Next();
        await using var crowd = new Crowd(seed, size: 50);
        await crowd.RunAsync(Signals);
        await crowd.SettleAsync();
        TestContext.Out.WriteLine(crowd.Summary);
        Assert.That(crowd.FindMistakes(), Is.Empty, $"{SeedVariable}={seed}");
        Assert.That((crowd.Recovered, crowd.NotRecovered), Is.GreaterThan((1_000, 20)).Using<(int, int)>(static (one, other) =>
            one.Item1 > other.Item1 && one.Item2 > other.Item2 ? 1 : -1));
    }
}
