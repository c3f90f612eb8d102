using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Sockets;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sockets;

/// <summary>
/// The WebSocket of Socket.IO 1.4.5 takes a close code that it does not know for a broken frame, and the end for an error: no code is used but those that all
/// versions know.
/// </summary>
internal sealed class CloseCodeTests
{
    [Test]
    public void Every_end_of_a_session_has_a_code_that_all_clients_know([Values] SessionCloseReason reason) =>
        Assert.That(IsKnownToAll(CloseCodes.Of(reason).Code), Is.True);

    [Test]
    public async Task A_WebSocket_that_comes_too_late_is_closed_with_a_code_that_all_clients_know([Values] EngineVersion version)
    {
        var connection = new LateConnection();
        var conversation = new EngineSocketConversation(connection, version, static _ => null);
        await conversation.StartAsync();
        Assert.That(connection.Code, Is.EqualTo(CloseCode.PolicyViolation));
        Assert.That(IsKnownToAll(connection.Code!.Value), Is.True);
        Assert.That(() => conversation.End(SessionCloseReason.ConnectionLost), Throws.Nothing);
    }

    private static bool IsKnownToAll(CloseCode code) =>
        (int)code is (>= 1000 and <= 1003) or (>= 1007 and <= 1011) or (>= 3000 and <= 4999);

    private sealed class LateConnection : IDialectConnection
    {
        public SignalingServer Server => throw new NotSupportedException();

        public ConnectionRequest Request => throw new NotSupportedException();

        public CancellationToken Ended => CancellationToken.None;

        public WebSocketOptions Options => throw new NotSupportedException();

        public Outbox Outbox => throw new NotSupportedException();

        public TicketRedemption Tickets => throw new NotSupportedException();

        public CloseCode? Code { get; private set; }

        public void Introduced()
        {
        }

        public void Close(SessionClose close) => Code ??= CloseCodes.Of(close.Reason).Code;

        public void Close(CloseCode code, string reason) => Code ??= code;
    }
}
