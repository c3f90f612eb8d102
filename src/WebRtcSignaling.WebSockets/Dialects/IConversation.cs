using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>
/// A dialect in use with one client. Called by one caller at a time, except <see cref="End"/>. An exception closes the connection with
/// 1011; its text is logged and never sent.
/// </summary>
public interface IConversation
{
    /// <summary>Begins the session, or waits for the client to introduce itself.</summary>
    ValueTask StartAsync();

    /// <summary>
    /// Deals with one text message; the next one waits until this completes. A binary message closes the connection with 1003.
    /// </summary>
    /// <param name="message">Well-formed UTF-8, valid until this completes.</param>
    ValueTask ReceiveAsync(ReadOnlyMemory<byte> message);

    /// <summary>
    /// A text message came too early and is dropped: says so to the client, as its vocabulary does. The next one waits until this completes. If nothing is done here, the
    /// client is not told.
    /// </summary>
    /// <param name="message">Well-formed UTF-8, valid until this completes.</param>
    /// <param name="refusal"><c>rate-limited</c>, with the time after which to go on.</param>
    ValueTask RefuseAsync(ReadOnlyMemory<byte> message, SignalingError refusal) => ValueTask.CompletedTask;

    /// <summary>
    /// The connection is over, or ending: the session, if there is one, ends with it. May be called more than once, also concurrently; the
    /// first cause wins. Must not throw.
    /// </summary>
    /// <param name="reason">Why.</param>
    void End(SessionCloseReason reason);
}
