using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>What a dialect sees of its connection. Safe for concurrent use.</summary>
internal interface IDialectConnection
{
    SignalingServer Server { get; }

    WebSocketOptions Options { get; }

    ConnectionRequest Request { get; }

    Outbox Outbox { get; }

    TicketRedemption Tickets { get; }

    /// <summary>Fires when the connection ends.</summary>
    CancellationToken Ended { get; }

    /// <summary>The client has introduced itself: <see cref="WebSocketOptions.HelloTimeout"/> no longer runs.</summary>
    void Introduced();

    /// <summary>Closes the connection; only the first call counts.</summary>
    void Close(CloseCode code, string reason);

    /// <summary>Closes the connection because its session has ended.</summary>
    void Close(SessionClose close);
}
