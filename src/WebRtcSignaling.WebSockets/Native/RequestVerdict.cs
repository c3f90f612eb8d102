namespace WebRtcSignaling.WebSockets.Native;

/// <summary>What the number of a request says about it.</summary>
internal enum RequestVerdict
{
    /// <summary>It is the next one, or has no number.</summary>
    Take,

    /// <summary>It was taken before, and its answer is with the client or on its way.</summary>
    PassOver,

    /// <summary>One before it is missing.</summary>
    Refuse,
}
