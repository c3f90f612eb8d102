namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What a poll is answered with. If it comes to nothing, a noop stands in.</summary>
internal enum PollContent
{
    /// <summary>What waits.</summary>
    Waiting,

    /// <summary>That the session is closed, and nothing else.</summary>
    Close,

    /// <summary>A noop: there is nothing to say on this way any more.</summary>
    Noop,
}
