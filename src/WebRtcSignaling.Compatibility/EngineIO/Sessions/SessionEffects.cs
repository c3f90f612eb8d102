namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What is to be done after <see cref="SessionState"/> has moved.</summary>
[Flags]
internal enum SessionEffects
{
    None = 0,

    /// <summary>The packet goes to the conversation.</summary>
    Deliver = 1,

    /// <summary>The packet broke a rule.</summary>
    Refuse = 2,

    /// <summary>The ping is answered with its data, wherever the session's packets go.</summary>
    SendPong = 4,

    /// <summary>The client is pinged.</summary>
    SendPing = 8,

    /// <summary>The probe is answered on the WebSocket that it came from.</summary>
    AnswerProbe = 16,

    /// <summary>The poll that is held is answered.</summary>
    AnswerPoll = 32,

    /// <summary>What waits goes to the WebSocket, and all that follows.</summary>
    MoveToSocket = 64,

    /// <summary>The WebSocket is closed.</summary>
    DropSocket = 128,

    /// <summary>What waits is thrown away.</summary>
    DropWaiting = 256,

    /// <summary>The conversation ends, for the reason in <see cref="SessionState.EndedBy"/>.</summary>
    End = 512,

    /// <summary>The session's name becomes unknown.</summary>
    Forget = 1024,
}
