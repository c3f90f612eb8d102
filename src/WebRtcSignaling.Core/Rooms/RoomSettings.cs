namespace WebRtcSignaling.Rooms;

/// <summary>How a room is set up, as every member may know it. Immutable.</summary>
public sealed record RoomSettings
{
    /// <summary>A name to show, 1 to 64 characters; <see langword="null"/> for none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether joining takes a password.</summary>
    public bool HasPassword { get; init; }

    /// <summary>The most members.</summary>
    public int Capacity { get; init; }

    /// <summary>Whether room lists leave it out.</summary>
    public bool Hidden { get; init; }

    /// <summary>Whether nobody may join.</summary>
    public bool Locked { get; init; }

    /// <summary>What becomes of it when its owner leaves.</summary>
    public OwnerLeavesPolicy OwnerLeaves { get; init; }

    /// <summary>
    /// How long it stays when nobody is in it: zero closes it at once, <see langword="null"/> keeps it until the host closes it.
    /// </summary>
    public TimeSpan? EmptyTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Whether the server starts a call with every older member when somebody joins.</summary>
    public bool ServerLedCalls { get; init; }
}
