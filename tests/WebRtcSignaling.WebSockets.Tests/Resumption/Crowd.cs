using System.IO.Pipelines;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Resumption;

/// <summary>Many clients in one room that send each other signals, while their connections are cut and they come back, on a clock that the test moves.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>How many requests a client has under way at most, so that the server keeps up.</summary>
    private const int MaxUntaken = 128;

    private readonly Random _random;
    private readonly MemoryServer _server;
    private readonly Participant[] _participants;
    private readonly List<Task> _connecting = [];

    public Crowd(int seed, int size)
    {
        _random = new Random(seed);
        _server = new MemoryServer(webSockets: new() { ResumeBufferBytes = 8_192 });
        _participants = [.. Enumerable.Range(0, size).Select(_ => new Participant(Connect))];
    }

    /// <summary>How many times a client was back with all that it had missed, with the state instead, and as somebody new.</summary>
    public string Summary =>
        $"{_participants.Sum(static one => one.Heard)} signals heard, {_participants.Sum(static one => one.Client.Recovered)} times recovered, " +
        $"{_participants.Sum(static one => one.Client.NotRecovered)} times not";

    public int Recovered => _participants.Sum(static one => one.Client.Recovered);

    public int NotRecovered => _participants.Sum(static one => one.Client.NotRecovered);

    public async Task RunAsync(int signals)
    {
        await Task.WhenAll(_participants.Select(static one => one.Client.ConnectAsync()));
        for (int step = 0; step < signals;)
        {
            Participant one = _participants[_random.Next(_participants.Length)];
            if (one.Client.Untaken >= MaxUntaken || !one.Signal(_random))
            {
                ComeBack(step);
                await Task.Yield();
                continue;
            }

            step++;
            if (step % 200 == 0)
            {
                Lose(step);
                ComeBack(step);
            }

            if (step % 4_000 == 0)
            {
                _server.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    /// <summary>Brings all back and waits until everything has arrived.</summary>
    public async Task SettleAsync()
    {
        await Eventually.TrueAsync(
            () =>
            {
                ComeBack(int.MaxValue);
                return _participants.All(static one => one.Client.IsConnected || one.Client.Failure is not null);
            },
            "all are back");
        await Task.WhenAll(_connecting);

        // Twice: what one sends when it is back again may be the news of another one.
        for (int round = 0; round < 2; round++)
        {
            await Task.WhenAll(_participants.Select(static one => one.CatchUpAsync()));
        }
    }

    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> FindMistakes()
    {
        var mistakes = _participants.SelectMany(static one => one.Mistakes).ToList();
        mistakes.AddRange(_participants.Select(static one => one.Client.Failure?.Message).OfType<string>());
        foreach (Participant receiver in _participants)
        {
            foreach (Participant sender in _participants)
            {
                long sent = sender.LastSentTo(receiver.Client.ClientId);
                if (receiver.LastHeardFrom(sender.Client.ClientId) is { } heard && heard != sent)
                {
                    mistakes.Add($"{sent} signals were sent to {receiver.Client.ClientId} by {sender.Client.ClientId}, and {heard} heard");
                }
            }
        }

        IEnumerable<SessionId> members = _server.Server.Default.Rooms.Single().Members.Select(static member => member.ClientId);
        string[] present = [.. members.Select(static id => id.Value).Order(StringComparer.Ordinal)];
        foreach (Participant one in _participants)
        {
            string[] seen = [.. one.View.Keys.Append(one.Client.ClientId).Order(StringComparer.Ordinal)];
            if (!seen.SequenceEqual(present))
            {
                mistakes.Add($"{one.Client.ClientId} sees {string.Join(' ', seen.Except(present))} and not {string.Join(' ', present.Except(seen))}");
            }

            mistakes.AddRange(one.View.Where(static entry => entry.Value).Select(entry => $"{one.Client.ClientId} believes that {entry.Key} is away"));
        }

        return mistakes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Participant one in _participants)
        {
            one.Client.Cut();
        }

        await _server.DisposeAsync();
    }

    private MemoryTransport Connect()
    {
        // What is under way is bounded by the test, so no pipe needs to hold anybody up.
        var transport = new MemoryTransport(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        _server.Connect(transport, new ConnectionRequest { AnnouncesHello = true });
        return transport;
    }

    private void Lose(int step)
    {
        Participant one = _participants[_random.Next(_participants.Length)];
        one.Client.Cut(isHalfOpen: _random.Next(3) == 0, torn: _random.Next(20));

        // Mostly for a moment, sometimes for so long that more is missed than is kept, seldom until the session is over.
        one.BackAt = step + (_random.Next(20) switch { 0 => 200_000, < 4 => 10_000, _ => 100 });
    }

    private void ComeBack(int step)
    {
        foreach (Participant one in _participants)
        {
            if (!one.Client.IsConnected && one.BackAt <= step)
            {
                _connecting.Add(one.Client.ConnectAsync());
            }
        }
    }
}
