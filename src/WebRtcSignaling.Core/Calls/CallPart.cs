namespace WebRtcSignaling.Calls;

/// <summary>Which side of the negotiation a party is (RFC 3264). It stays the same for the whole call.</summary>
public enum CallPart
{
    /// <summary>The offerer: it sends offers.</summary>
    Offer,

    /// <summary>The answerer: it sends answers.</summary>
    Answer,
}
