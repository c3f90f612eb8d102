namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>How far a request head has come.</summary>
internal enum RequestHeadStatus
{
    /// <summary>It is not whole yet.</summary>
    NeedMore,

    /// <summary>It is whole and keeps the rules.</summary>
    Complete,

    /// <summary>It breaks a rule, whatever may follow.</summary>
    Refused,
}
