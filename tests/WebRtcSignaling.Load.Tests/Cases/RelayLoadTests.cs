using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Dialects;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Tests.Cases;

/// <summary>The load against a server that is known to be right.</summary>
[Platform("Linux")]
public sealed class RelayLoadTests
{
    private const int Clients = 6;

    /// <summary>Messages of 300 bytes, and some more, in 16 kB: that many are acknowledged at once.</summary>
    private const int AtLeast = 40;
    private const int AtMost = 55;

    private const int Enough = 4 * AtMost;

    // Only so that a little happens in the time; that all is counted does not depend on how much that is.
    private static readonly TimeSpan _while = TimeSpan.FromMilliseconds(200);

    [TestCase(true)]
    [TestCase(false)]
    public async Task Each_signal_tells_what_has_come_where_messages_are_numbered(bool isNumbering)
    {
        await using var server = new RelayServer { IsNumbering = isNumbering };
        using var client = new LoadClient(server.Address, new JsonDialect());
        client.Connect(2, membersPerRoom: 2);
        var load = new RelayLoad(client, membersPerRoom: 2, bytes: 300, WatchedProcess.Own);
        for (long signals = 0; signals < Enough;)
        {
            signals += load.Saturate(inFlight: 1, TimeSpan.Zero, _while).Deliveries;
        }

        Assert.That(server.Acknowledged.Any(static told => !told.IsAlone), Is.EqualTo(isNumbering));
        foreach (IEnumerable<(string Client, bool IsAlone, long Number)> ofOne in server.Acknowledged.GroupBy(static told => told.Client))
        {
            long last = 0;
            foreach ((_, bool isAlone, long number) in ofOne)
            {
                // A client may hear much before it has something to say.
                Assert.That(number, Is.GreaterThanOrEqualTo(isAlone ? last + AtLeast : last));
                last = number;
            }
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Whoever_only_listens_acknowledges_a_quarter_of_what_is_kept_where_messages_are_numbered(bool isNumbering)
    {
        await using var server = new RelayServer { IsNumbering = isNumbering };
        using var client = new LoadClient(server.Address, new JsonDialect());
        client.Connect(2, membersPerRoom: 2);
        var load = new FanOutLoad(client, bytes: 300, WatchedProcess.Own);
        for (long deliveries = 0; deliveries < Enough;)
        {
            deliveries += load.Saturate(inFlight: 1, TimeSpan.Zero, _while).Deliveries;
        }

        Assert.That(!server.Acknowledged.IsEmpty, Is.EqualTo(isNumbering));
        Assert.That(server.Acknowledged.Where(static told => !told.IsAlone), Is.Empty, "The one who sends hears nothing.");
        long[] numbers = [.. server.Acknowledged.Select(static told => told.Number)];
        Assert.That(numbers.Zip(numbers.Prepend(0), static (number, before) => number - before), Has.All.InRange(AtLeast, AtMost));
    }

    [TestCase(2)]
    [TestCase(3)]
    public async Task Connections_join_rooms_and_signals_reach_the_next_of_each(int members)
    {
        await using var server = new RelayServer();
        using var client = new LoadClient(server.Address, new JsonDialect());
        client.Connect(Clients, members);
        Assert.Multiple(() =>
        {
            Assert.That(client.Connections.Select(static connection => connection.Stage), Has.All.EqualTo(ConnectionStage.Ready));
            Assert.That(client.Connections.Select(static connection => connection.Id).Distinct().Count(), Is.EqualTo(Clients));
            Assert.That(Enumerable.Range(0, Clients).Select(client.RoomOf).Distinct().Count(), Is.EqualTo(Clients / members));
        });

        // A signal that reached another one than the next would be taken for one that was not sent, and end the run.
        Measurement measured = UntilMoreThan(Clients, new RelayLoad(client, members, bytes: 300, WatchedProcess.Own));
        Assert.Multiple(() =>
        {
            Assert.That(measured.P50, Is.GreaterThan(0));
            Assert.That(measured.P999, Is.GreaterThanOrEqualTo(measured.P99).And.GreaterThanOrEqualTo(measured.P50));
            Assert.That(measured.Usage.Elapsed, Is.GreaterThanOrEqualTo(_while));
        });
    }

    [Test]
    public async Task A_long_signal_arrives_whole()
    {
        await using var server = new RelayServer();
        using var client = new LoadClient(server.Address, new JsonDialect());
        client.Connect(2, 2);
        Assert.That(() => UntilMoreThan(2, new RelayLoad(client, 2, bytes: 60_000, WatchedProcess.Own)), Throws.Nothing);
    }

    [Test]
    public async Task At_a_rate_no_more_is_sent_than_the_rate_says()
    {
        await using var server = new RelayServer();
        using var client = new LoadClient(server.Address, new JsonDialect());
        client.Connect(2, 2);
        const double Rate = 100;
        Measurement measured = new RelayLoad(client, 2, bytes: 300, WatchedProcess.Own).Pace(Rate, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.That(measured.Deliveries, Is.InRange(1, (long)(Rate * measured.Usage.Elapsed.TotalSeconds) + 1));
    }

    [Test]
    public async Task A_server_that_refuses_ends_the_run_with_its_words()
    {
        await using var server = new RelayServer { Refusal = """{"type":"error","code":"room-full","message":"No."}""" };
        using var client = new LoadClient(server.Address, new JsonDialect());
        Assert.That(() => client.Connect(2, 2), Throws.InstanceOf<LoadException>().With.Message.Contains("room-full"));
    }

    /// <summary>Measures again and again, until so much has been delivered in all; how much comes in a while is the machine's.</summary>
    private static Measurement UntilMoreThan(long deliveries, RelayLoad load)
    {
        Measurement measured = load.Saturate(inFlight: 1, TimeSpan.Zero, _while);
        for (long sum = measured.Deliveries; sum <= deliveries; sum += measured.Deliveries)
        {
            measured = load.Saturate(inFlight: 1, TimeSpan.Zero, _while);
        }

        return measured;
    }
}
