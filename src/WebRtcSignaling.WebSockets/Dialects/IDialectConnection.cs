using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>A connection, as its dialect sees it. Safe for concurrent use. Only this package implements it.</summary>
public interface IDialectConnection
{
    /// <summary>The server on which the session of the client begins.</summary>
    SignalingServer Server { get; }

    /// <summary>What is known about the client: its application and its account.</summary>
    ConnectionRequest Request { get; }

    /// <summary>Fires when the connection ends. Pass it to requests, so that they do not wait for the host app any longer.</summary>
    CancellationToken Ended { get; }

    internal WebSocketOptions Options { get; }

    internal Outbox Outbox { get; }

    internal TicketRedemption Tickets { get; }

    /// <summary>
    /// Tells that the client has introduced itself, which ends <see cref="WebSocketOptions.HelloTimeout"/>. A dialect that asks for no
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
    /// Closes the connection because its session has ended, with the close code for the reason. Messages that were sent before are still
    /// delivered. Only the first call counts.
    /// </summary>
    /// <param name="close">Why.</param>
    void Close(SessionClose close);

    internal void Close(CloseCode code, string reason);
}
