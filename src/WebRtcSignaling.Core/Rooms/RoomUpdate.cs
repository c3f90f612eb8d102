namespace WebRtcSignaling.Rooms;

/// <summary>A change of a room's settings. What is <see langword="null"/> stays as it is.</summary>
public sealed record RoomUpdate
{
    /// <summary>The new display name; empty removes it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The new password; empty removes it. Members stay.</summary>
    public string? Password { get; init; }

    /// <summary>The new capacity. Members stay, even if there are more.</summary>
    public int? Capacity { get; init; }

    /// <inheritdoc cref="RoomSettings.Hidden"/>
    public bool? Hidden { get; init; }

    /// <inheritdoc cref="RoomSettings.Locked"/>
    public bool? Locked { get; init; }

    /// <inheritdoc cref="RoomSettings.OwnerLeaves"/>
    public OwnerLeavesPolicy? OwnerLeaves { get; init; }

    /// <summary>How long it stays open when nobody is in it, up to <see cref="RoomOptions.MaxEmptyTimeout"/>.</summary>
    public TimeSpan? EmptyTimeout { get; init; }

    /// <inheritdoc cref="RoomSettings.ServerLedCalls"/>
    public bool? ServerLedCalls { get; init; }

    /// <summary>Whether it changes nothing but <see cref="Locked"/>, for which a smaller permission is enough.</summary>
    internal bool OnlyLocks => Locked is not null && this with { Locked = null } == new RoomUpdate();

    /// <inheritdoc/>
    public override string ToString() => nameof(RoomUpdate);
}
