using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What is spoken in a session's messages. Called by one caller at a time, except <see cref="End"/> and <see cref="Tick"/>.</summary>
internal interface IEngineConversation
{
    /// <summary>The session is open, and the client will hear of it before anything that is sent from here on.</summary>
    void Start();

    /// <summary>Deals with one message; the next one waits until this completes.</summary>
    /// <param name="message">The message; its data is valid until this completes.</param>
    /// <param name="tooEarly">Why it is to be refused and not dealt with: <c>rate-limited</c>. <see langword="null"/> if it is to be dealt with.</param>
    ValueTask ReceiveAsync(EnginePacket message, SignalingError? tooEarly);

    /// <summary>Looks at the clock; called about every second.</summary>
    void Tick();

    /// <summary>The session is over. Called once.</summary>
    void End(SessionCloseReason reason);
}
