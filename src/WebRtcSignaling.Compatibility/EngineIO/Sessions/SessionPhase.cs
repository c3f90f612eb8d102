namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>How a session's packets travel now. <see cref="SessionState"/> has the way from one to the next.</summary>
internal enum SessionPhase
{
    /// <summary>In polls and POSTs.</summary>
    Polling,

    /// <summary>The same; a WebSocket has been opened beside them and has not asked yet.</summary>
    Attached,

    /// <summary>The same; the WebSocket has asked and was answered, and the client is to let its last poll come home. Polls are answered at once.</summary>
    Probed,

    /// <summary>On the WebSocket.</summary>
    OnSocket,

    /// <summary>The session is over; what it still has to say waits for a poll.</summary>
    Closing,

    /// <summary>Nothing is left of it.</summary>
    Closed,
}
