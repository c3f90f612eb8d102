using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>
/// The conversation with one client in a dialect. Called by one caller at a time, except <see cref="End"/>. If it throws, the connection is closed with 1011; the text of
/// the exception is logged and never sent.
/// </summary>
public interface IConversation
{
    /// <summary>Begins the session, or prepares to wait for the client to introduce itself.</summary>
    ValueTask StartAsync();

    /// <summary>Handles one text message; the next one waits until this completes. A binary message closes the connection with 1003.</summary>
    /// <param name="message">Well-formed UTF-8, valid until this completes.</param>
    ValueTask ReceiveAsync(ReadOnlyMemory<byte> message);

    /// <summary>
    /// Tells the client, in its dialect, that a text message was dropped because the client sends too much. The next message waits until this completes. By default the
    /// client is not told.
    /// </summary>
    /// <param name="message">Well-formed UTF-8, valid until this completes.</param>
    /// <param name="refusal"><c>rate-limited</c>, with the time after which to try again.</param>
    ValueTask RefuseAsync(ReadOnlyMemory<byte> message, SignalingError refusal) => ValueTask.CompletedTask;

    /// <summary>
    /// The connection has ended, or is ending: ends the session, if there is one. May be called more than once, also concurrently; the first reason counts. Must not
    /// throw.
    /// </summary>
    /// <param name="reason">Why.</param>
    void End(SessionCloseReason reason);
}
