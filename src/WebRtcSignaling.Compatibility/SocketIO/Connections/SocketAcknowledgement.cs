using WebRtcSignaling.Compatibility.EventDialects;

namespace WebRtcSignaling.Compatibility.SocketIO.Connections;

/// <summary>Answers one event of a client.</summary>
internal sealed class SocketAcknowledgement(SocketIOConnection connection, long id) : IEventAcknowledgement
{
    private bool _isSent;

    public void Send(ReadOnlySpan<byte> argumentArray)
    {
        if (!Interlocked.Exchange(ref _isSent, true))
        {
            connection.Acknowledge(id, argumentArray);
        }
    }
}
