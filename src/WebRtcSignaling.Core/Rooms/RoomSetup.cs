using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>What a new room shall be like. What is left out takes the server's default.</summary>
public sealed record RoomSetup
{
    /// <inheritdoc cref="RoomSettings.DisplayName"/>
    public string? DisplayName { get; init; }

    /// <summary>
    /// What others must know to join, 1 to 128 characters; <see langword="null"/> or empty for none. Kept only as a salted hash.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>The most members, 1 to <see cref="RoomOptions.MaxMembers"/>.</summary>
    public int? Capacity { get; init; }

    /// <inheritdoc cref="RoomSettings.Hidden"/>
    public bool Hidden { get; init; }

    /// <inheritdoc cref="RoomSettings.Locked"/>
    public bool Locked { get; init; }

    /// <summary>What becomes of it when its owner leaves. Default <see cref="RoomOptions.OwnerLeaves"/>.</summary>
    public OwnerLeavesPolicy? OwnerLeaves { get; init; }

    /// <summary>
    /// How long it stays when nobody is in it any more, up to <see cref="RoomOptions.MaxEmptyTimeout"/>. Default zero: it closes with the
    /// last
    /// member. <see langword="null"/> keeps it until the host closes it; only the host may ask for that.
    /// </summary>
    public TimeSpan? EmptyTimeout { get; init; } = TimeSpan.Zero;

    /// <inheritdoc cref="RoomSettings.ServerLedCalls"/>
    public bool ServerLedCalls { get; init; }

    /// <summary>Its first fields.</summary>
    public FieldUpdate? Fields { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RoomSetup);
}
