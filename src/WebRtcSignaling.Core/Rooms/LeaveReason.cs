namespace WebRtcSignaling.Rooms;

/// <summary>Why a member is no longer in a room.</summary>
public enum LeaveReason
{
    /// <summary>It left.</summary>
    Left,

    /// <summary>It was removed (kicked).</summary>
    Kicked,

    /// <summary>It was banned: removed, and it may not come back.</summary>
    Banned,

    /// <summary>Its session ended, for whatever reason.</summary>
    Disconnected,

    /// <summary>The room closed.</summary>
    Closed,
}
