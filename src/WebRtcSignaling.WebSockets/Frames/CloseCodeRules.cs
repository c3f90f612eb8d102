namespace WebRtcSignaling.WebSockets.Frames;

/// <summary>Which close codes may stand in a Close frame (RFC 6455 sections 7.4.1 and 7.4.2).</summary>
internal static class CloseCodeRules
{
    /// <summary>
    /// True for 1000-1003 and 1007-1014 (defined), 3000-3999 (registered by libraries) and 4000-4999 (private).
    /// False for 1004, 1005, 1006 and 1015, which only describe an end locally, and for every number without an owner.
    /// </summary>
    public static bool IsAllowedOnWire(this CloseCode code) => (ushort)code switch
    {
        >= 1000 and <= 1003 => true,
        >= 1007 and <= 1014 => true,
        >= 3000 and <= 4999 => true,
        _ => false,
    };
}
