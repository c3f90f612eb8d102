using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Signals;

/// <summary>Where a message goes.</summary>
public readonly record struct MessageDestination
{
    /// <summary>The room through which it goes, if any.</summary>
    public RoomId? Room { get; private init; }

    /// <summary>The one session that hears it, if it is not for all.</summary>
    public SessionId? Target { get; private init; }

    /// <summary>The group through which it goes, if any.</summary>
    public string? Group { get; private init; }

    /// <summary>All members of a room.</summary>
    public static MessageDestination ToRoom(RoomId room) => new() { Room = room };

    /// <summary>One member of a room that the sender is in, too.</summary>
    public static MessageDestination ToMember(RoomId room, SessionId target) => new() { Room = room, Target = target };

    /// <summary>All in a group.</summary>
    public static MessageDestination ToGroup(string group) => new() { Group = group };

    /// <summary>Any session of the application, where that is allowed.</summary>
    public static MessageDestination ToSession(SessionId target) => new() { Target = target };
}
