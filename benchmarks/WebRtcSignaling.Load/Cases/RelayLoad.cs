using System.Diagnostics;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Cases;

/// <summary>Signals from each client to the next one of its room: in pairs, both to each other.</summary>
internal sealed class RelayLoad : IDeliveryTarget
{
    private const int MaxOnTheirWay = 4_096;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(200);

    private readonly LoadClient _client;
    private readonly WatchedProcess _server;
    private readonly int[] _senders;
    private readonly LoadRequest[] _requests;
    private readonly TimestampQueue[] _sent;
    private LatencyHistogram? _latencies;
    private bool _answers;
    private long _delivered;
    private long _onTheirWay;

    /// <param name="client">Connected, in rooms of that many members; each room is full.</param>
    /// <param name="membersPerRoom">At least two.</param>
    /// <param name="bytes">The length of the data of each signal.</param>
    /// <param name="server">The process to measure.</param>
    public RelayLoad(LoadClient client, int membersPerRoom, int bytes, WatchedProcess server)
    {
        _client = client;
        _server = server;
        string data = Payload.Make(bytes);
        client.Expect(data, this);
        int count = client.Connections.Count;
        _senders = new int[count];
        _requests = new LoadRequest[count];
        _sent = new TimestampQueue[count];
        for (int i = 0; i < count; i++)
        {
            int target = Ring.Next(i, membersPerRoom);
            _senders[target] = i;
            _requests[i] = new LoadRequest(client.Dialect, client.Dialect.Signal(client.RoomOf(i), client.Connections[target].Id, data));
            _sent[i] = new TimestampQueue(MaxOnTheirWay);
        }
    }

    /// <summary>Each client sends the next signal as soon as one has arrived.</summary>
    /// <param name="inFlight">How many of each client are on their way at any time.</param>
    /// <param name="warmUp">How long before anything is measured.</param>
    /// <param name="duration">How long is measured.</param>
    public RelayMeasurement Saturate(int inFlight, TimeSpan warmUp, TimeSpan duration)
    {
        _answers = true;
        for (int i = 0; i < _requests.Length * inFlight; i++)
        {
            Send(i % _requests.Length, Stopwatch.GetTimestamp());
        }

        _client.RunFor(warmUp);
        RelayMeasurement measured = Measure(() => _client.RunFor(duration));
        _answers = false;
        Drain();
        return measured;
    }

    /// <summary>
    /// Signals are sent at even intervals, whatever the server does. A latency counts from the time at which the signal was due, so that a
    /// server that stops cannot hide what it delays.
    /// </summary>
    /// <param name="rate">Signals per second, of all clients together.</param>
    /// <param name="warmUp">How long before anything is measured.</param>
    /// <param name="duration">How long is measured.</param>
    public RelayMeasurement Pace(double rate, TimeSpan warmUp, TimeSpan duration)
    {
        _answers = false;
        PaceFor(rate, warmUp);
        RelayMeasurement measured = Measure(() => PaceFor(rate, duration));
        Drain();
        return measured;
    }

    /// <summary>Waits until the server hardly does anything any more, but not for long.</summary>
    public void AwaitRest()
    {
        long begin = Stopwatch.GetTimestamp();
        for (TimeSpan before, after = _server.CpuTime; Stopwatch.GetElapsedTime(begin) < _patience;)
        {
            before = after;
            _client.Idle(_glance);
            after = _server.CpuTime;
            if (after - before <= _glance / 10)
            {
                return;
            }
        }
    }

    void IDeliveryTarget.OnDelivery(ClientConnection receiver)
    {
        int sender = _senders[receiver.Index];
        long now = Stopwatch.GetTimestamp();
        long due = _sent[sender].Dequeue();
        _latencies?.Record(Stopwatch.GetElapsedTime(due, now).Ticks * TimeSpan.NanosecondsPerTick);
        _delivered++;
        _onTheirWay--;
        if (_answers)
        {
            Send(sender, now);
        }
    }

    private RelayMeasurement Measure(Action run)
    {
        var latencies = new LatencyHistogram();
        _latencies = latencies;
        long before = _delivered;
        var meter = new Meter(_server, _client);
        run();
        Usage usage = meter.Read();
        long signals = _delivered - before;

        // What arrives from now on is not of this time.
        _latencies = null;
        return signals == 0 ? throw new LoadException("No signal arrived.") : new(signals, usage, latencies);
    }

    private void Send(int sender, long due)
    {
        _sent[sender].Enqueue(due);
        _onTheirWay++;
        _client.Send(_client.Connections[sender], _requests[sender]);
    }

    private void PaceFor(double rate, TimeSpan duration)
    {
        long begin = Stopwatch.GetTimestamp();
        double interval = Stopwatch.Frequency / rate;
        long sent = 0;
        while (Stopwatch.GetElapsedTime(begin) < duration)
        {
            long now = Stopwatch.GetTimestamp();
            for (long due; (due = begin + (long)(sent * interval)) <= now; sent++)
            {
                Send((int)(sent % _requests.Length), due);
            }

            _client.Turn(0);
        }
    }

    private void Drain()
    {
        long begin = Stopwatch.GetTimestamp();
        while (_onTheirWay > 0)
        {
            _client.Turn(10);
            if (Stopwatch.GetElapsedTime(begin) > _patience)
            {
                throw new LoadException($"{_onTheirWay} signals never arrived.");
            }
        }
    }
}
