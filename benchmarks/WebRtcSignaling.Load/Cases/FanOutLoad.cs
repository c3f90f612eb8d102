using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Cases;

/// <summary>One member of a room sends to all the others.</summary>
internal sealed class FanOutLoad : IDeliveryTarget
{
    private readonly LoadClient _client;
    private readonly WatchedProcess _server;
    private readonly LoadRequest _request;
    private readonly int _receivers;
    private long _delivered;
    private bool _answers;

    /// <param name="client">Connected, all in one room.</param>
    /// <param name="bytes">The length of the data of each message.</param>
    /// <param name="server">The process to measure.</param>
    public FanOutLoad(LoadClient client, int bytes, WatchedProcess server)
    {
        _client = client;
        _server = server;
        _receivers = client.Connections.Count - 1;
        string data = Payload.Make(bytes);
        client.Expect(data, this);
        _request = new LoadRequest(client.Dialect, client.Dialect.Message(client.RoomOf(0), data));
    }

    /// <summary>The next message is sent as soon as one has reached everybody.</summary>
    /// <returns>How many deliveries there were, and what they took.</returns>
    public (long Deliveries, Usage Usage) Saturate(int inFlight, TimeSpan warmUp, TimeSpan duration)
    {
        _answers = true;
        for (int i = 0; i < inFlight; i++)
        {
            _client.Send(_client.Connections[0], _request);
        }

        _client.RunFor(warmUp);
        long before = _delivered;
        var meter = new Meter(_server, _client);
        _client.RunFor(duration);
        Usage usage = meter.Read();
        _answers = false;
        return _delivered > before ? (_delivered - before, usage) : throw new LoadException("No message arrived.");
    }

    void IDeliveryTarget.OnDelivery(ClientConnection receiver)
    {
        if (receiver.Index == 0)
        {
            throw new LoadException("The sender heard its own message.");
        }

        if (++_delivered % _receivers == 0 && _answers)
        {
            _client.Send(_client.Connections[0], _request);
        }
    }
}
