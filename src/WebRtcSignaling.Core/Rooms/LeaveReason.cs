namespace WebRtcSignaling.Rooms;

/// <summary>Why a member is a member no more.</summary>
public enum LeaveReason
{
    /// <summary>It left.</summary>
    Left,

    /// <summary>It was put out.</summary>
    Kicked,

    /// <summary>It was put out and may not come back.</summary>
    Banned,

    /// <summary>Its session ended, however that came about.</summary>
    Disconnected,

    /// <summary>The room closed.</summary>
    Closed,
}
