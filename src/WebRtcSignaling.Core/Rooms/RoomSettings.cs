namespace WebRtcSignaling.Rooms;

/// <summary>The settings of a room that all members may see. Immutable.</summary>
public sealed record RoomSettings
{
    /// <summary>A name to show, 1 to 64 characters; <see langword="null"/> for none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether joining takes a password.</summary>
    public bool HasPassword { get; init; }

    /// <summary>The largest number of members.</summary>
    public int Capacity { get; init; }

    /// <summary>Whether room lists leave it out.</summary>
    public bool Hidden { get; init; }

    /// <summary>Whether the room is locked: nobody can join.</summary>
    public bool Locked { get; init; }

    /// <summary>What happens to it when its owner leaves.</summary>
    public OwnerLeavesPolicy OwnerLeaves { get; init; }

    /// <summary>
    /// How long it stays open when nobody is in it: with zero it closes at once, with <see langword="null"/> it stays until the
    /// host closes it.
    /// </summary>
    public TimeSpan? EmptyTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Whether the server starts a call with every older member when somebody joins.</summary>
    public bool ServerLedCalls { get; init; }
}
