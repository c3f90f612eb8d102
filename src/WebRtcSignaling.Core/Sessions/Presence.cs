namespace WebRtcSignaling.Sessions;

/// <summary>How available somebody is to others.</summary>
/// <param name="Show">The availability.</param>
/// <param name="Status">A line of free text, up to 255 characters; <see langword="null"/> for none.</param>
public sealed record Presence(PresenceShow Show, string? Status = null)
{
    /// <summary>The longest status line, in UTF-16 code units.</summary>
    public const int MaxStatusLength = 255;
}
