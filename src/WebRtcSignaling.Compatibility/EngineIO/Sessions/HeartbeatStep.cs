namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What a look at the clock says of a client.</summary>
internal enum HeartbeatStep
{
    /// <summary>All is well.</summary>
    None,

    /// <summary>It is to be pinged.</summary>
    Ping,

    /// <summary>It has been silent for too long.</summary>
    Dead,
}
