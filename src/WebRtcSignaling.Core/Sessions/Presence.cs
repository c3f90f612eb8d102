namespace WebRtcSignaling.Sessions;

/// <summary>How ready somebody is for others.</summary>
/// <param name="Show">In one word.</param>
/// <param name="Status">In a line of its own words, up to 255 characters; <see langword="null"/> for none.</param>
public sealed record Presence(PresenceShow Show, string? Status = null)
{
    /// <summary>The longest status line, in UTF-16 code units.</summary>
    public const int MaxStatusLength = 255;
}
