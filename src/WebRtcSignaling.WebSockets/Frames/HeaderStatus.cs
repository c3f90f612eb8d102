namespace WebRtcSignaling.WebSockets.Frames;

/// <summary>What the bytes read so far are, taken as the beginning of a frame.</summary>
internal enum HeaderStatus
{
    /// <summary>A header that may still become a good one.</summary>
    NeedMore,

    /// <summary>A complete, allowed header.</summary>
    Complete,

    /// <summary>No bytes that follow could make this an allowed header.</summary>
    Refused,
}
