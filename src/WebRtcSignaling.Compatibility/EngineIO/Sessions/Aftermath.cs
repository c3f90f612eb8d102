using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What is left to do outside of a session's lock.</summary>
/// <param name="Effects">What the state asked for.</param>
/// <param name="DroppedSocket">The WebSocket to close.</param>
internal readonly record struct Aftermath(SessionEffects Effects, IDialectConnection? DroppedSocket)
{
    public bool Has(SessionEffects effect) => (Effects & effect) != 0;

    /// <summary>Closes the WebSocket that was dropped, if one was.</summary>
    /// <param name="endedBy">Why the session is over; <see langword="null"/> if it goes on without a WebSocket.</param>
    /// <param name="message">A sentence for the client, where the host gave one.</param>
    public void CloseSocket(SessionCloseReason? endedBy, string? message)
    {
        if (endedBy is { } reason)
        {
            DroppedSocket?.Close(new SessionClose(reason, message));
        }
        else
        {
            DroppedSocket?.Close(CloseCode.PolicyViolation, "this is not how a session moves to a WebSocket");
        }
    }
}
