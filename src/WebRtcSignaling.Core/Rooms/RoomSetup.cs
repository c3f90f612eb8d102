using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>The settings of a new room. What is left out gets the server's default.</summary>
public sealed record RoomSetup
{
    /// <inheritdoc cref="RoomSettings.DisplayName"/>
    public string? DisplayName { get; init; }

    /// <summary>
    /// What others must know to join, 1 to 128 characters; <see langword="null"/> or empty for none. Kept only as a salted hash.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>The largest number of members, 1 to <see cref="RoomOptions.MaxMembers"/>.</summary>
    public int? Capacity { get; init; }

    /// <inheritdoc cref="RoomSettings.Hidden"/>
    public bool Hidden { get; init; }

    /// <inheritdoc cref="RoomSettings.Locked"/>
    public bool Locked { get; init; }

    /// <summary>What happens to it when its owner leaves. Default <see cref="RoomOptions.OwnerLeaves"/>.</summary>
    public OwnerLeavesPolicy? OwnerLeaves { get; init; }

    /// <summary>
    /// How long it stays open when nobody is in it any more, up to <see cref="RoomOptions.MaxEmptyTimeout"/>. Default zero: it closes
    /// when the last member leaves. With <see langword="null"/> it stays until the host closes it; only code of the host app may ask for
    /// that.
    /// </summary>
    public TimeSpan? EmptyTimeout { get; init; } = TimeSpan.Zero;

    /// <inheritdoc cref="RoomSettings.ServerLedCalls"/>
    public bool ServerLedCalls { get; init; }

    /// <summary>Its first fields.</summary>
    public FieldUpdate? Fields { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RoomSetup);
}
