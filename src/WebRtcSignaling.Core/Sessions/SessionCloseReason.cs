namespace WebRtcSignaling.Sessions;

/// <summary>
/// Why a session ended. Transports show it as a close code; docs/protocol.md has the table and says which of them invite to come back.
/// </summary>
public enum SessionCloseReason
{
    /// <summary>The client left.</summary>
    Left,

    /// <summary>The connection was lost without a word.</summary>
    ConnectionLost,

    /// <summary>The client broke the rules of the wire.</summary>
    ProtocolError,

    /// <summary>The client gave no sign of life in time.</summary>
    HeartbeatTimeout,

    /// <summary>More was waiting for the client than it may have waiting.</summary>
    SlowConsumer,

    /// <summary>The client went on sending more than it may, though it was told to wait.</summary>
    RateLimited,

    /// <summary>The host put it out.</summary>
    Removed,

    /// <summary>Another connection took its place.</summary>
    Replaced,

    /// <summary>What the client proved itself with has expired, and it has not proved itself anew in time.</summary>
    AuthenticationExpired,

    /// <summary>The server is stopping.</summary>
    ServerStopping,

    /// <summary>The server failed.</summary>
    InternalError,
}
