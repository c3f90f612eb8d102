namespace WebRtcSignaling.Calls;

/// <summary>Why a call ended.</summary>
public enum CallEndReason
{
    /// <summary>A party hung up.</summary>
    Hangup,

    /// <summary>The called party declined.</summary>
    Rejected,

    /// <summary>The called party is busy.</summary>
    Busy,

    /// <summary>It rang for <see cref="CallOptions.RingTimeout"/> and nobody answered.</summary>
    Timeout,

    /// <summary>A party left the room or was removed from it, or its session ended.</summary>
    Left,

    /// <summary>The room closed.</summary>
    Closed,
}
