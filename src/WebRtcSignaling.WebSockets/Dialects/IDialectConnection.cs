using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>What a dialect sees of its connection. Safe for concurrent use; only this package implements it.</summary>
public interface IDialectConnection
{
    /// <summary>The server that the client's session shall be of.</summary>
    SignalingServer Server { get; }

    /// <summary>What is known of the client: its application and its account.</summary>
    ConnectionRequest Request { get; }

    /// <summary>Fires when the connection ends; requests that wait for the host app are cancelled by it.</summary>
    CancellationToken Ended { get; }

    internal WebSocketOptions Options { get; }

    internal Outbox Outbox { get; }

    internal TicketRedemption Tickets { get; }

    /// <summary>
    /// The client has introduced itself: <see cref="WebSocketOptions.HelloTimeout"/> no longer runs. A dialect that asks for no
    /// introduction calls it at once.
    /// </summary>
    void Introduced();

    /// <summary>
    /// Sends a text message. Never waits, so that it may be called from an <see cref="ISessionSink"/>. Past
    /// <see cref="WebSocketOptions.MaxOutboxBytes"/> the connection closes with 4003; once it closes, messages are dropped.
    /// </summary>
    /// <param name="utf8">Well-formed UTF-8, copied before this returns.</param>
    void Send(ReadOnlySpan<byte> utf8) => Outbox.Send(utf8);

    /// <summary>
    /// Closes the connection because its session has ended, with the close code that stands for the reason. What was sent before still goes
    /// out. Only the first call counts.
    /// </summary>
    /// <param name="close">Why.</param>
    void Close(SessionClose close);

    internal void Close(CloseCode code, string reason);
}
