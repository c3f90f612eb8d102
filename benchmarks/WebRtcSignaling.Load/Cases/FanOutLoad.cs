using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Cases;

/// <summary>One member of a room sends to all the others: the next message as soon as one has reached everybody. Latencies are not measured.</summary>
internal sealed class FanOutLoad : DeliveryLoad
{
    private readonly LoadRequest _request;
    private readonly int _receivers;

    /// <param name="client">Connected, all in one room.</param>
    /// <param name="bytes">The length of the data of each message.</param>
    /// <param name="server">The process to measure.</param>
    public FanOutLoad(LoadClient client, int bytes, WatchedProcess server)
        : base(client, bytes, server)
    {
        _receivers = client.Connections.Count - 1;
        _request = new LoadRequest(client.Dialect, client.Dialect.Message(client.RoomOf(0), Data));
    }

    protected override void Start(int inFlight)
    {
        for (int i = 0; i < inFlight; i++)
        {
            Send();
        }
    }

    protected override void OnDelivery(ClientConnection receiver, bool answers)
    {
        if (receiver.Index == 0)
        {
            throw new LoadException("The sender heard its own message.");
        }

        if (Delivered % _receivers == 0 && answers)
        {
            Send();
        }
    }

    private void Send()
    {
        Await(_receivers);
        Client.Send(Client.Connections[0], _request);
    }
}
