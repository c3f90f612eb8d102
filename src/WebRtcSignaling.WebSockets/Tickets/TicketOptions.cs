namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>
/// Settings for tickets. Configuration: <c>Signaling:Tickets</c>. Read once, when the <see cref="TicketIssuer"/> is created.
/// </summary>
/// <remarks>A ticket costs about 500 bytes of memory, and a copy of its user's claims.</remarks>
public sealed class TicketOptions
{
    /// <summary>How long a ticket is valid. Default 30 s; 1 s to 10 min.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many tickets may be outstanding at once: issued, and neither used nor expired. Default 10,000; at least 1.
    /// </summary>
    public int MaxTickets { get; set; } = 10_000;

    /// <summary>
    /// How many outstanding tickets one user may have, so that nobody can use up all of them. Default 16; at least 1.
    /// </summary>
    public int MaxPerUser { get; set; } = 16;

    /// <summary>
    /// Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.
    /// </summary>
    /// <param name="path">What to put before the setting's name.</param>
    public IEnumerable<string> Validate(string path)
    {
        if (Lifetime < TimeSpan.FromSeconds(1) || Lifetime > TimeSpan.FromMinutes(10))
        {
            yield return $"{path}:{nameof(Lifetime)} must be between 1 s and 10 min.";
        }

        if (MaxTickets < 1)
        {
            yield return $"{path}:{nameof(MaxTickets)} must be at least 1.";
        }

        if (MaxPerUser < 1)
        {
            yield return $"{path}:{nameof(MaxPerUser)} must be at least 1.";
        }
    }
}
