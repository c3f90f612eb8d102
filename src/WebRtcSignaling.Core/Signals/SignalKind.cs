namespace WebRtcSignaling.Signals;

/// <summary>
/// What a signal is for, in the terms of JSEP (RFC 9429) and Trickle ICE (RFC 8838). The server relays it and never looks inside.
/// </summary>
public enum SignalKind
{
    /// <summary>Not given; clients tell by the payload, for instance <c>{"description": …}</c> or <c>{"candidate": …}</c>.</summary>
    Plain,

    /// <summary>A session description that offers.</summary>
    Offer,

    /// <summary>A session description that answers.</summary>
    Answer,

    /// <summary>An ICE candidate.</summary>
    Candidate,

    /// <summary>There are no more candidates of this generation (RFC 8838 section 13).</summary>
    EndOfCandidates,

    /// <summary>An offer is declined.</summary>
    Reject,

    /// <summary>The negotiated connection is over.</summary>
    Hangup,
}
