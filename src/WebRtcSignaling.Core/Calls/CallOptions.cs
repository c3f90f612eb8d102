namespace WebRtcSignaling.Calls;

/// <summary>Settings for calls. Configuration: <c>Signaling:Calls</c>.</summary>
public sealed class CallOptions
{
    /// <summary>How long a client-led call rings. Default 30 s; 1 s to 10 min.</summary>
    public TimeSpan RingTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many client-led calls a member of a room may be in at once. Whoever calls a member that has as many is refused with
    /// <c>target-busy</c>. Default 8; at least 1.
    /// </summary>
    public int MaxCallsPerMember { get; set; } = 8;

    /// <summary>
    /// How many server-led calls one room may hold; a join that would need more is refused with <c>room-full</c>. Default 5,000
    /// (a mesh of 100).
    /// </summary>
    public int MaxServerLedCallsPerRoom { get; set; } = 5_000;

    internal IEnumerable<string> Validate(string path)
    {
        if (RingTimeout < TimeSpan.FromSeconds(1) || RingTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"{path}:{nameof(RingTimeout)} must be between 1 s and 10 min.";
        }

        if (MaxCallsPerMember < 1)
        {
            yield return $"{path}:{nameof(MaxCallsPerMember)} must be at least 1.";
        }

        if (MaxServerLedCallsPerRoom < 0)
        {
            yield return $"{path}:{nameof(MaxServerLedCallsPerRoom)} must not be negative.";
        }
    }
}
