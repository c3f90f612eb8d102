namespace WebRtcSignaling.Calls;

/// <summary>Why a call ended.</summary>
public enum CallEndReason
{
    /// <summary>A party hung up.</summary>
    Hangup,

    /// <summary>The party that was called did not want it.</summary>
    Rejected,

    /// <summary>The party that was called said that it is busy.</summary>
    Busy,

    /// <summary>It rang for <see cref="CallOptions.RingTimeout"/> and nobody answered.</summary>
    Timeout,

    /// <summary>A party left the room, was put out of it, or vanished.</summary>
    Left,

    /// <summary>The room closed.</summary>
    Closed,
}
