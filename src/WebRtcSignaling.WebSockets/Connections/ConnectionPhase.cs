namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>How far a connection has come. It only goes forward.</summary>
internal enum ConnectionPhase
{
    /// <summary>Messages pass.</summary>
    Open,

    /// <summary>We have sent Close and wait for the peer's.</summary>
    Closing,

    /// <summary>The peer is through; what we still have to send goes out.</summary>
    Over,

    /// <summary>Nothing is read or sent any more.</summary>
    Aborted,
}
