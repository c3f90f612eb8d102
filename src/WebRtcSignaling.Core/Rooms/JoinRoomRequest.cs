namespace WebRtcSignaling.Rooms;

/// <summary>Which room to join, and how.</summary>
public sealed record JoinRoomRequest
{
    /// <summary>The room.</summary>
    public required RoomId Room { get; init; }

    /// <summary>Its password, where it has one.</summary>
    public string? Password { get; init; }

    /// <summary>The settings of the room that is created if there is none of that name; <see langword="null"/> to be refused then.</summary>
    public RoomSetup? CreateWith { get; init; }

    /// <summary>Data for <see cref="Authorization.ISignalingAuthorizer"/>, which nobody else gets; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(JoinRoomRequest)} {Room}";
}
