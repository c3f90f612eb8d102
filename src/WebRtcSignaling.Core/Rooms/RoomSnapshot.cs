using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>A room at one moment. Immutable.</summary>
public sealed record RoomSnapshot
{
    /// <summary>Its name.</summary>
    public required RoomId Id { get; init; }

    /// <summary>Its settings.</summary>
    public required RoomSettings Settings { get; init; }

    /// <summary>Its owner; <see langword="null"/> for none.</summary>
    public required SessionId? OwnerId { get; init; }

    /// <summary>Its members in the order in which they joined.</summary>
    public required IReadOnlyList<RoomMember> Members { get; init; }

    /// <summary>Its fields.</summary>
    public required FieldMap Fields { get; init; }
}
