namespace WebRtcSignaling.Rooms;

/// <summary>Which room to join, and how.</summary>
public sealed record JoinRoomRequest
{
    /// <summary>The room.</summary>
    public required RoomId Room { get; init; }

    /// <summary>Its password, where it has one.</summary>
    public string? Password { get; init; }

    /// <summary>What to create if there is no such room; <see langword="null"/> to refuse then.</summary>
    public RoomSetup? CreateWith { get; init; }

    /// <summary>What the client says along with it, for <see cref="Authorization.ISignalingAuthorizer"/> alone; empty for nothing.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(JoinRoomRequest)} {Room}";
}
