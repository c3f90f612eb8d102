using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>An event dialect in use with one client. Called by one caller at a time, except <see cref="End"/>.</summary>
internal interface IEventConversation
{
    /// <summary>Deals with one event; the client's next one waits until this completes. An event that the dialect does not know is passed over in silence.</summary>
    ValueTask ReceiveAsync(EventMessage message);

    /// <summary>An event came too early and is dropped: says so, if the vocabulary has a word for it.</summary>
    /// <param name="message">The event.</param>
    /// <param name="refusal"><c>rate-limited</c>, with the time after which to go on.</param>
    void Refuse(EventMessage message, SignalingError refusal);

    /// <summary>The client is gone, or being put out: its session, if there is one, ends. May be called more than once, also concurrently; the first cause wins.</summary>
    void End(SessionCloseReason reason);
}
