namespace WebRtcSignaling.Sessions;

/// <summary>What a session shows of itself in every room that it is in. Immutable; a change makes a new one.</summary>
public sealed record SessionProfile
{
    /// <summary>The profile of a session that has said nothing yet.</summary>
    public static SessionProfile Empty { get; } = new();

    /// <summary>The name that others see; not unique.</summary>
    public string? Username { get; init; }

    /// <summary>How ready it is; <see langword="null"/> when it has not said.</summary>
    public Presence? Presence { get; init; }

    /// <summary>What it has switched on.</summary>
    public MediaResources Media { get; init; }

    /// <summary>Whether its connection is lost and it may come back; see <see cref="Resumption.SessionResumption"/>.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>The session's own fields.</summary>
    public FieldMap Fields { get; init; } = FieldMap.Empty;
}
