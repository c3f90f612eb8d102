namespace WebRtcSignaling.WebSockets;

/// <summary>What is to be done with a transport whose connection has ended.</summary>
public enum ConnectionEnd
{
    /// <summary>Both sides are through: close it.</summary>
    Close,

    /// <summary>The peer is gone, or does not read or answer: abort it, whatever may still be unsent.</summary>
    Abort,
}
