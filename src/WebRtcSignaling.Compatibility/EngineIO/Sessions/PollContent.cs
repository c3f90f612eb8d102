namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What a poll is answered with. If it comes to nothing, a noop stands in.</summary>
internal enum PollContent
{
    /// <summary>What waits.</summary>
    Waiting,

    /// <summary>What waits, and then that the session is closed.</summary>
    WaitingThenClose,

    /// <summary>A noop: there is nothing to say on this way any more.</summary>
    Noop,
}
