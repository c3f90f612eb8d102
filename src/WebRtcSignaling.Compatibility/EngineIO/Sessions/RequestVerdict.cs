namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What becomes of a request that names a session.</summary>
internal enum RequestVerdict
{
    /// <summary>It is dealt with now.</summary>
    Proceed,

    /// <summary>A poll: it is held until there is something to say.</summary>
    Hold,

    /// <summary>A POST to a session that we have ended, whose client does not know yet: it is answered as ever, and what it says is passed over.</summary>
    PassOver,

    /// <summary>There is one of its kind already. Both end, and the session with them.</summary>
    Overlap,

    /// <summary>The session is on a WebSocket, or about to be.</summary>
    WrongTransport,

    /// <summary>There is no such session any more.</summary>
    Unknown,
}
