namespace WebRtcSignaling.WebSockets.Frames;

/// <summary>
/// Why a WebSocket connection ends: the codes of RFC 6455 section 7.4.1 and of the IANA registry that continues it (1000 to 1014),
/// and this library's own (4000 to 4006). A peer may send others from 3000 to 4999; they are carried as they are.
/// </summary>
/// <remarks>
/// "Terminal" means that a client should not reconnect by itself, because the connection would only be closed again; "retryable" means that it may, after a
/// pause. docs/protocol.md has the table of those that the server sends.
/// </remarks>
public enum CloseCode : ushort
{
    /// <summary>The purpose of the connection is fulfilled. Terminal.</summary>
    NormalClosure = 1000,

    /// <summary>A server stops or a browser leaves the page. Retryable.</summary>
    GoingAway = 1001,

    /// <summary>The peer broke a rule of RFC 6455. Terminal.</summary>
    ProtocolError = 1002,

    /// <summary>The peer sent a kind of data that is not accepted here, for example binary where text is expected. Terminal.</summary>
    UnsupportedData = 1003,

    /// <summary>Reserved by RFC 6455 without a meaning; never in a Close frame.</summary>
    Reserved = 1004,

    /// <summary>Local only: the peer's Close frame had no code. Never in a Close frame.</summary>
    NoStatusReceived = 1005,

    /// <summary>Local only: the connection ended without a Close frame. Never in a Close frame.</summary>
    AbnormalClosure = 1006,

    /// <summary>Data did not match its kind: a text message or a close reason that is not UTF-8. Terminal.</summary>
    InvalidPayload = 1007,

    /// <summary>The server does not allow the session to begin or to continue, for a reason that has no code of its own. Terminal.</summary>
    PolicyViolation = 1008,

    /// <summary>A message is longer than the receiver accepts. Terminal.</summary>
    MessageTooBig = 1009,

    /// <summary>Sent by clients only: the server did not accept an extension that the client needs.</summary>
    MandatoryExtension = 1010,

    /// <summary>The server met a condition that it did not expect. Retryable.</summary>
    InternalError = 1011,

    /// <summary>The service restarts. Retryable.</summary>
    ServiceRestart = 1012,

    /// <summary>The server is overloaded or full. Retryable.</summary>
    TryAgainLater = 1013,

    /// <summary>A gateway got an invalid answer from the server behind it. Retryable.</summary>
    BadGateway = 1014,

    /// <summary>Local only: the TLS handshake failed. Never in a Close frame.</summary>
    TlsHandshake = 1015,

    /// <summary>Another connection took over the session. Terminal.</summary>
    Replaced = 4000,

    /// <summary>The host ended the session. Terminal.</summary>
    Removed = 4001,

    /// <summary>The client did not introduce itself in time. Retryable.</summary>
    HelloTimeout = 4002,

    /// <summary>The client read too slowly: more bytes waited for it than the limit allows. Retryable.</summary>
    SlowConsumer = 4003,

    /// <summary>The client did not answer pings in time. Retryable.</summary>
    HeartbeatTimeout = 4004,

    /// <summary>The authentication has expired. Retryable, with a fresh token or ticket.</summary>
    AuthenticationExpired = 4005,

    /// <summary>The client kept sending more than it may, or failed to authenticate too often. Retryable.</summary>
    RateLimited = 4006,
}
