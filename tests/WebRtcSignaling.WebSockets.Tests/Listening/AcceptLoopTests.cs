using System.Net.Sockets;
using System.Threading.Channels;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AcceptLoopTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Channel<Func<Socket>> _attempts = Channel.CreateUnbounded<Func<Socket>>();
    private readonly List<Socket> _accepted = [];
    private readonly LogRecorder _logs = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _waits;

    [TearDown]
    public void LetGo()
    {
        _accepted.ForEach(static socket => socket.Dispose());
        _logs.Dispose();
        _stopping.Dispose();
    }

    [TestCase(SocketError.TooManyOpenSockets)]
    [TestCase(SocketError.NoBufferSpaceAvailable)]
    public async Task A_failure_of_the_system_is_waited_out_and_told_once(SocketError error)
    {
        Task loop = Start();
        for (int i = 0; i < 3; i++)
        {
            Attempt(() => throw new SocketException((int)error));
            await Patience.Until(() => _time.ActiveTimers == 1, "a pause");
            Assert.That(_waits, Is.EqualTo(i + 1), "it does not try again during the pause");
            _time.Advance(AcceptLoop.Pause);
            await Patience.Until(() => _waits == i + 2, "another attempt");
        }

        Attempt(NewSocket);
        await Patience.Until(() => _accepted.Count == 1, "a connection");
        Assert.That(_logs.Text.Split('\n'), Has.Length.EqualTo(1).And.All.Contains(error.ToString()));

        Attempt(() => throw new SocketException((int)error));
        await Patience.Until(() => _time.ActiveTimers == 1, "a pause");
        Assert.That(_logs.Text.Split('\n'), Has.Length.EqualTo(2), "a new failure is told anew");
        await StopAsync(loop);
    }

    [TestCase(SocketError.ConnectionReset)]
    [TestCase(SocketError.ConnectionAborted)]
    public async Task A_client_that_went_away_in_the_backlog_costs_nothing(SocketError error)
    {
        Task loop = Start();

        Attempt(() => throw new SocketException((int)error));
        Attempt(NewSocket);

        await Patience.Until(() => _accepted.Count == 1, "a connection");
        Assert.That(_logs.Text, Is.Empty);
        await StopAsync(loop);
    }

    [Test]
    public async Task It_stops_during_a_pause()
    {
        Task loop = Start();
        Attempt(() => throw new SocketException((int)SocketError.TooManyOpenSockets));
        await Patience.Until(() => _time.ActiveTimers == 1, "a pause");

        await StopAsync(loop);

        Assert.That(_waits, Is.EqualTo(1));
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private Task Start() => new AcceptLoop(AcceptAsync, _accepted.Add, _time, _logs).RunAsync(_stopping.Token);

    private void Attempt(Func<Socket> outcome) => _attempts.Writer.TryWrite(outcome);

    private async ValueTask<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waits);
        Func<Socket> outcome = await _attempts.Reader.ReadAsync(cancellationToken);
        return outcome();
    }

    private async Task StopAsync(Task loop)
    {
        await _stopping.CancelAsync();
        await loop.Soon();
        Assert.That(_time.UndisposedTimers, Is.Zero);
    }
}
