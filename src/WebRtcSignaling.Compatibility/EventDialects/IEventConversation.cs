using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>An event dialect in use with one client. Called by one caller at a time, except <see cref="End"/>.</summary>
internal interface IEventConversation
{
    /// <summary>Deals with one event; the client's next one waits until this completes. An event that the dialect does not know is passed over in silence.</summary>
    ValueTask ReceiveAsync(EventMessage message);

    /// <summary>The client is gone, or being put out: its session, if there is one, ends. May be called more than once, also concurrently; the first cause wins.</summary>
    void End(SessionCloseReason reason);
}
