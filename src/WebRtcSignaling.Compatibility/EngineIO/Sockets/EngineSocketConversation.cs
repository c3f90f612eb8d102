using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.Compatibility.EngineIO.Sockets;

/// <summary>Passes the messages of one WebSocket to its session, a packet each.</summary>
internal sealed class EngineSocketConversation(
    IDialectConnection connection, EngineVersion version, Func<IDialectConnection, EngineSession?> open) : IBinaryConversation
{
    private volatile EngineSession? _session;

    public ValueTask StartAsync()
    {
        _session = open(connection);
        if (_session is null)
        {
            // Not 1013, which would say it best: the WebSocket of Socket.IO 1.4.5 takes codes from 1012 to 2999 for a broken frame.
            connection.Close(CloseCode.PolicyViolation, "no session for this connection");
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask ReceiveAsync(ReadOnlyMemory<byte> message) =>
        await _session!.ReceiveAsync(EnginePacketReader.ReadText(version, message), connection).ConfigureAwait(false);

    public async ValueTask ReceiveBinaryAsync(ReadOnlyMemory<byte> message) =>
        await _session!.ReceiveAsync(EnginePacketReader.ReadBinary(version, message), connection).ConfigureAwait(false);

    public void End(SessionCloseReason reason) => _session?.LoseSocket(connection, reason);
}
