using System.Globalization;
using System.Net;

namespace WebRtcSignaling.Load.Soak;

/// <summary>Visits of every kind, one after another in each of many workers, until it is told to end.</summary>
internal sealed class Churn(IPEndPoint server, SoakArguments arguments)
{
    private const int MostToldFailures = 5;

    /// <summary>Up to so long after each visit, so that how much there is to do depends little on how busy the machine is.</summary>
    private const int PauseMilliseconds = 500;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private static readonly Visit[] _visits =
    [
        new("signals", 6, NativeVisits.SignalAsync),
        new("a call", 4, NativeVisits.CallAsync),
        new("in and out of rooms", 5, NativeVisits.WanderAsync),
        new("pings", 2, NativeVisits.PingAsync),
        new("resets", 4, HostileVisits.ResetAsync),
        new("a client that never reads", 3, HostileVisits.NeverReadAsync),
        new("Socket.IO", 3, CompatibleVisits.SocketIOAsync),
        new("PeerJS", 3, CompatibleVisits.PeerJsAsync),
        new("the message box", 3, CompatibleVisits.BoxAsync),
    ];

    private readonly Lock _lock = new();
    private readonly List<string> _failures = [];
    private long _completed;
    private int _failed;

    /// <summary>How many visits are over.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>How many of them failed.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>The first few failures.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_lock)
            {
                return [.. _failures];
            }
        }
    }

    public async Task RunAsync(CancellationToken end)
    {
        using var http = new HttpClient();
        await Task.WhenAll(Enumerable.Range(0, arguments.Workers).Select(worker => Task.Run(() => WorkAsync(worker, http, end), CancellationToken.None))).ConfigureAwait(false);
    }

    private async Task WorkAsync(int worker, HttpClient http, CancellationToken end)
    {
        var random = new Random(unchecked((arguments.Seed * 31) + worker));
        string box = await CompatibleVisits.CreateBoxAsync(http, server).ConfigureAwait(false);
        for (int number = 0; !end.IsCancellationRequested; number++)
        {
            Visit visit = Choose(random);
            using var patience = new CancellationTokenSource(_patience, TimeProvider.System);
            string name = string.Create(CultureInfo.InvariantCulture, $"w{worker}-{number}");
            try
            {
                await visit.RunAsync(new(server, name, random, http, box, patience.Token)).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever a visit meets is a finding; the others go on.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                Add($"{visit.Name}: {problem.GetType().Name}: {problem.Message}");
            }

            Interlocked.Increment(ref _completed);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(PauseMilliseconds)), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static Visit Choose(Random random)
    {
        int at = random.Next(_visits.Sum(static visit => visit.Weight));
        return _visits.First(visit => (at -= visit.Weight) < 0);
    }

    private void Add(string failure)
    {
        Interlocked.Increment(ref _failed);
        lock (_lock)
        {
            if (_failures.Count < MostToldFailures)
            {
                _failures.Add(failure);
            }
        }
    }
}
