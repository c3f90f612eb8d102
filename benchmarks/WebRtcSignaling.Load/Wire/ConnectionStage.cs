namespace WebRtcSignaling.Load.Wire;

/// <summary>How far a connection has come. It only goes forward.</summary>
internal enum ConnectionStage
{
    /// <summary>The handshake has been sent.</summary>
    Upgrading,

    /// <summary>It has not been told its id.</summary>
    Naming,

    /// <summary>It has asked to join its room.</summary>
    Joining,

    /// <summary>It may be measured.</summary>
    Ready,
}
