using System.Diagnostics;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Cases;

/// <summary>Signals from each client to the next one of its room: in pairs, both to each other.</summary>
internal sealed class RelayLoad : DeliveryLoad
{
    private const int MaxOnTheirWay = 4_096;

    private readonly int[] _senders;
    private readonly LoadRequest[] _requests;
    private readonly TimestampQueue[] _sent;

    /// <param name="client">Connected, in rooms of that many members; each room is full.</param>
    /// <param name="membersPerRoom">At least two.</param>
    /// <param name="bytes">The length of the data of each signal.</param>
    /// <param name="server">The process to measure.</param>
    public RelayLoad(LoadClient client, int membersPerRoom, int bytes, WatchedProcess server)
        : base(client, bytes, server)
    {
        int count = client.Connections.Count;
        _senders = new int[count];
        _requests = new LoadRequest[count];
        _sent = new TimestampQueue[count];
        for (int i = 0; i < count; i++)
        {
            int target = Ring.Next(i, membersPerRoom);
            _senders[target] = i;
            _requests[i] = new LoadRequest(client.Dialect, client.Dialect.Signal(client.RoomOf(i), client.Connections[target].Id, Data));
            _sent[i] = new TimestampQueue(MaxOnTheirWay);
        }
    }

    /// <summary>
    /// Signals are sent at even intervals, whatever the server does. A latency counts from the time at which the signal was due, so that a
    /// server that stops cannot hide what it delays.
    /// </summary>
    /// <param name="rate">Signals per second, of all clients together.</param>
    /// <param name="warmUp">How long before anything is measured.</param>
    /// <param name="duration">How long is measured.</param>
    public Measurement Pace(double rate, TimeSpan warmUp, TimeSpan duration)
    {
        Begin();
        PaceFor(rate, warmUp);
        Measurement measured = Measure(() => PaceFor(rate, duration));
        Drain();
        return measured;
    }

    protected override void Start(int inFlight)
    {
        for (int i = 0; i < _requests.Length * inFlight; i++)
        {
            Send(i % _requests.Length, Stopwatch.GetTimestamp());
        }
    }

    protected override void OnDelivery(ClientConnection receiver, bool answers)
    {
        int sender = _senders[receiver.Index];
        long now = Stopwatch.GetTimestamp();
        Record(_sent[sender].Dequeue(), now);
        if (answers)
        {
            Send(sender, now);
        }
    }

    private void Send(int sender, long due)
    {
        _sent[sender].Enqueue(due);
        Await(deliveries: 1);
        Client.Send(Client.Connections[sender], _requests[sender]);
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

            Client.Turn(0);
        }
    }
}
