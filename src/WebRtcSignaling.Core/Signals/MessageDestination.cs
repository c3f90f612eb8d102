using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Signals;

/// <summary>Where a message is sent.</summary>
public readonly record struct MessageDestination
{
    /// <summary>The room, if it is sent to a room or to a member of one.</summary>
    public RoomId? Room { get; private init; }

    /// <summary>The one session that receives it, if it is not for all.</summary>
    public SessionId? Target { get; private init; }

    /// <summary>The group, if it is sent to one.</summary>
    public string? Group { get; private init; }

    /// <summary>All members of a room.</summary>
    public static MessageDestination ToRoom(RoomId room) => new() { Room = room };

    /// <summary>One member of a room that the sender is in.</summary>
    public static MessageDestination ToMember(RoomId room, SessionId target) => new() { Room = room, Target = target };

    /// <summary>All sessions in a group.</summary>
    public static MessageDestination ToGroup(string group) => new() { Group = group };

    /// <summary>Any session of the application, where that is allowed.</summary>
    public static MessageDestination ToSession(SessionId target) => new() { Target = target };
}
