namespace WebRtcSignaling.Sessions;

/// <summary>What a session shows to others in all its rooms. Immutable; each change makes a new one.</summary>
public sealed record SessionProfile
{
    /// <summary>The profile of a session that has not set anything yet.</summary>
    public static SessionProfile Empty { get; } = new();

    /// <summary>The name that others see; not unique.</summary>
    public string? Username { get; init; }

    /// <summary>How available it is; <see langword="null"/> if it has not said so.</summary>
    public Presence? Presence { get; init; }

    /// <summary>The media that it has on.</summary>
    public MediaResources Media { get; init; }

    /// <summary>
    /// Whether its connection is lost, and it may still come back; see <see cref="Resumption.SessionResumption"/>.
    /// </summary>
    public bool IsSuspended { get; init; }

    /// <summary>The session's own fields.</summary>
    public FieldMap Fields { get; init; } = FieldMap.Empty;
}
