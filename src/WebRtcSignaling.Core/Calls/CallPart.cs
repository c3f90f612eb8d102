namespace WebRtcSignaling.Calls;

/// <summary>What a party does in a call's negotiation. It stays the same for the whole call.</summary>
public enum CallPart
{
    /// <summary>It offers.</summary>
    Offer,

    /// <summary>It answers.</summary>
    Answer,
}
