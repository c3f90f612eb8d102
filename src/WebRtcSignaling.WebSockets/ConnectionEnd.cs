namespace WebRtcSignaling.WebSockets;

/// <summary>What to do with a transport whose connection has ended.</summary>
public enum ConnectionEnd
{
    /// <summary>Both sides have finished: close it.</summary>
    Close,

    /// <summary>The peer is gone, or does not read or answer: abort it, even if something is not sent yet.</summary>
    Abort,
}
