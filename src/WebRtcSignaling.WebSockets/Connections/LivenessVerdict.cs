namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>What the clock says of a client.</summary>
internal enum LivenessVerdict
{
    /// <summary>It has shown life, or has time yet.</summary>
    Wait,

    /// <summary>It has been silent for the interval: ask.</summary>
    Ping,

    /// <summary>It was asked, and did not answer in time.</summary>
    Dead,
}
