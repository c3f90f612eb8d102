using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What is spoken in a session's messages. Called by one caller at a time, except <see cref="End"/> and <see cref="Tick"/>.</summary>
internal interface IEngineConversation
{
    /// <summary>The session is open, and the client will hear of it before anything that is sent from here on.</summary>
    void Start();

    /// <summary>Deals with one message; the next one waits until this completes.</summary>
    /// <param name="message">The message; its data is valid until this completes.</param>
    ValueTask ReceiveAsync(EnginePacket message);

    /// <summary>Looks at the clock; called about every second.</summary>
    void Tick();

    /// <summary>The session is over. Called once.</summary>
    void End(SessionCloseReason reason);
}
