using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConnectionTableTests : IDisposable
{
    private readonly BareConnections _connections = new();
    private readonly ConnectionTable _table;
    private readonly List<WebSocketConnection> _made = [];
    private readonly List<int> _added = [];

    public ConnectionTableTests() => _table = new ConnectionTable(() => _added.Add(_table!.Count));

    public void Dispose()
    {
        _made.ForEach(static connection => connection.Dispose());
        _connections.Dispose();
    }

    [Test]
    public void A_new_connection_is_looked_at_with_the_next_tick()
    {
        WebSocketConnection added = Make();
        _table.Add(added);
        Assert.That(LookAt(now: 5, next: 10), Is.EqualTo([added]));
    }

    [Test]
    public void Each_that_is_added_is_told_of_when_it_is_in_the_table()
    {
        _table.Add(Make()).Remove();
        _table.Add(Make());
        _table.Add(Make());
        Assert.That(_added, Is.EqualTo([1, 1, 2]));
    }

    [Test]
    public void It_is_not_looked_at_again_before_its_time()
    {
        WebSocketConnection added = Make();
        _table.Add(added);
        LookAt(now: 5, next: 10);
        Assert.That(LookAt(now: 9, next: 20), Is.Empty);
        Assert.That(LookAt(now: 10, next: 20), Is.EqualTo([added]));
    }

    [Test]
    public void All_can_be_looked_at_whatever_their_time()
    {
        _table.Add(Make());
        LookAt(now: 5, next: 1_000);
        Assert.That(LookAt(long.MaxValue, next: 1_000), Has.Count.EqualTo(1));
    }

    [Test]
    public void Whoever_asks_for_a_look_gets_it_with_the_next_tick()
    {
        ConnectionTable.Place place = _table.Add(Make());
        LookAt(now: 5, next: 1_000);
        place.LookSoon();
        Assert.That(LookAt(now: 6, next: 1_000), Has.Count.EqualTo(1));
    }

    [Test]
    public void Whoever_asks_for_a_look_during_one_gets_another()
    {
        ConnectionTable.Place place = _table.Add(Make());
        _table.LookAtDue(5, _ =>
        {
            place.LookSoon();
            return 1_000;
        });
        Assert.That(LookAt(now: 6, next: 1_000), Has.Count.EqualTo(1));
        Assert.That(LookAt(now: 7, next: 1_000), Is.Empty);
    }

    [Test]
    public void Who_has_no_place_yet_may_ask_for_a_look_and_nothing_happens()
    {
        default(ConnectionTable.Place).LookSoon();
        Assert.That(LookAt(long.MaxValue, next: 5), Is.Empty);
    }

    [Test]
    public void Places_are_used_again_and_each_connection_is_looked_at_once([Values(1, 1_024, 1_025, 3_000)] int count)
    {
        ConnectionTable.Place[] places = [.. Enumerable.Range(0, count).Select(_ => _table.Add(Make()))];
        LookAt(now: 5, next: 1_000);
        for (int i = 0; i < count; i += 2)
        {
            places[i].Remove();
        }

        WebSocketConnection[] kept = [.. _made.Where((_, i) => i % 2 == 1)];
        Assert.That(_table.Count, Is.EqualTo(kept.Length));
        WebSocketConnection[] added = [.. Enumerable.Range(0, count).Select(_ => Make())];
        Array.ForEach(added, connection => _table.Add(connection));
        Assert.Multiple(() =>
        {
            Assert.That(LookAt(now: 6, next: 1_000), Is.EquivalentTo(added), "the others have been looked at");
            Assert.That(_table.ToArray(), Is.EquivalentTo((WebSocketConnection[])[.. kept, .. added]));
            Assert.That(_table.Count, Is.EqualTo(kept.Length + count));
        });
    }

    [Test]
    public void Connections_come_and_go_and_ask_while_a_tick_looks()
    {
        const int Rounds = 20_000;
        using var over = new CancellationTokenSource();
        Task looking = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                _table.LookAtDue(5, static _ => 10);
            }
        });
        WebSocketConnection one = Make();
        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                ConnectionTable.Place place = _table.Add(one);
                place.LookSoon();
                place.Remove();
            }
        });
        over.Cancel();
        Assert.That(async () => await looking.WaitAsync(Eventually.Bound), Throws.Nothing);
        Assert.That((_table.Count, _table.ToArray().Length), Is.EqualTo((0, 0)));
    }

    private List<WebSocketConnection> LookAt(long now, long next)
    {
        var seen = new List<WebSocketConnection>();
        _table.LookAtDue(now, connection =>
        {
            seen.Add(connection);
            return next;
        });
        return seen;
    }

    private WebSocketConnection Make()
    {
        WebSocketConnection connection = _connections.Make();
        _made.Add(connection);
        return connection;
    }
}
