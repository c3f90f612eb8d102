namespace WebRtcSignaling.Sessions;

/// <summary>
/// Why a session ended. Transports translate it to a close code; the table in docs/protocol.md says after which of them a client
/// should reconnect.
/// </summary>
public enum SessionCloseReason
{
    /// <summary>The client left.</summary>
    Left,

    /// <summary>The connection was lost without a Close frame.</summary>
    ConnectionLost,

    /// <summary>The client broke the rules of its protocol.</summary>
    ProtocolError,

    /// <summary>The client gave no sign of life in time.</summary>
    HeartbeatTimeout,

    /// <summary>The client read too slowly: more data waited for it than the limit allows.</summary>
    SlowConsumer,

    /// <summary>The client kept sending more than it may, although it was told to wait.</summary>
    RateLimited,

    /// <summary>The host app ended it.</summary>
    Removed,

    /// <summary>Another connection took its place.</summary>
    Replaced,

    /// <summary>The authentication has expired, and the client did not authenticate again in time.</summary>
    AuthenticationExpired,

    /// <summary>The server is stopping.</summary>
    ServerStopping,

    /// <summary>The server failed.</summary>
    InternalError,
}
