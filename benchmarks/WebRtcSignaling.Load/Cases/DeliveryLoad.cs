using System.Diagnostics;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Cases;

/// <summary>Work for a server that is done in parts: what a part has sent has arrived when it ends, so that others can use the same client between two parts.</summary>
internal abstract class DeliveryLoad : IDeliveryTarget
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly WatchedProcess _server;
    private LatencyHistogram? _latencies;
    private bool _answers;
    private long _onTheirWay;

    /// <param name="client">Connected, in full rooms.</param>
    /// <param name="bytes">The length of the data that is delivered.</param>
    /// <param name="server">The process to measure.</param>
    protected DeliveryLoad(LoadClient client, int bytes, WatchedProcess server)
    {
        Client = client;
        Data = Payload.Make(bytes);
        _server = server;
    }

    protected LoadClient Client { get; }

    /// <summary>What each delivery carries.</summary>
    protected string Data { get; }

    /// <summary>How many there were so far.</summary>
    protected long Delivered { get; private set; }

    /// <summary>The next one is sent as soon as one has arrived.</summary>
    /// <param name="inFlight">How many of each sender are on their way at any time.</param>
    /// <param name="warmUp">How long before anything is measured.</param>
    /// <param name="duration">How long is measured.</param>
    public Measurement Saturate(int inFlight, TimeSpan warmUp, TimeSpan duration)
    {
        Begin();
        _answers = true;
        Start(inFlight);
        Client.RunFor(warmUp);
        Measurement measured = Measure(() => Client.RunFor(duration));
        _answers = false;
        Drain();
        return measured;
    }

    void IDeliveryTarget.OnDelivery(ClientConnection receiver)
    {
        Delivered++;
        _onTheirWay--;
        OnDelivery(receiver, _answers);
    }

    /// <summary>Sends the first ones of each sender.</summary>
    protected abstract void Start(int inFlight);

    /// <summary>One has arrived.</summary>
    /// <param name="receiver">Where.</param>
    /// <param name="answers">Whether the next one is to be sent.</param>
    protected abstract void OnDelivery(ClientConnection receiver, bool answers);

    /// <summary>What arrives from now on is for this load.</summary>
    protected void Begin() => Client.Expect(Data, this);

    /// <summary>So many deliveries come of what is sent now.</summary>
    protected void Await(int deliveries) => _onTheirWay += deliveries;

    /// <summary>How long one was on its way, if that is measured now.</summary>
    protected void Record(long due, long now) => _latencies?.Record(Stopwatch.GetElapsedTime(due, now).Ticks * TimeSpan.NanosecondsPerTick);

    protected Measurement Measure(Action run)
    {
        var latencies = new LatencyHistogram();
        _latencies = latencies;
        long before = Delivered;
        long begin = Stopwatch.GetTimestamp();
        var meter = new Meter(_server, Client);
        do
        {
            // On a busy machine a short time may pass without anything.
            run();
        }
        while (Delivered == before && Stopwatch.GetElapsedTime(begin) < _patience);
        Usage usage = meter.Read();
        long deliveries = Delivered - before;

        // What arrives from now on is not of this time.
        _latencies = null;
        return deliveries == 0 ? throw new LoadException("Nothing arrived.") : new(deliveries, usage, latencies);
    }

    protected void Drain()
    {
        long begin = Stopwatch.GetTimestamp();
        while (_onTheirWay > 0)
        {
            Client.Turn(10);
            if (Stopwatch.GetElapsedTime(begin) > _patience)
            {
                throw new LoadException($"{_onTheirWay} deliveries never came.");
            }
        }
    }
}
