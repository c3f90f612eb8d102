namespace WebRtcSignaling.Rooms;

/// <summary>What a role may do in a room.</summary>
[Flags]
public enum RoomPermissions
{
    /// <summary>Nothing but being in the room.</summary>
    None = 0,

    /// <summary>Send signals to members.</summary>
    Signal = 1,

    /// <summary>Send messages to the room and its members.</summary>
    Message = 2,

    /// <summary>Start calls with members.</summary>
    Call = 4,

    /// <summary>Set the member's own fields in the room.</summary>
    SetMemberFields = 8,

    /// <summary>Set the room's fields.</summary>
    SetRoomFields = 16,

    /// <summary>Lock and unlock the room.</summary>
    Lock = 32,

    /// <summary>Remove (kick) members with a lower role.</summary>
    Kick = 64,

    /// <summary>Ban members with a lower role, and lift bans.</summary>
    Ban = 128,

    /// <summary>Change the room's settings, its password included.</summary>
    Update = 256,

    /// <summary>Give roles below the member's own; only an owner can make somebody else the owner.</summary>
    SetRoles = 512,

    /// <summary>Close the room for everybody.</summary>
    Close = 1024,

    /// <summary>What a member may do by default.</summary>
    DefaultMember = Signal | Message | Call | SetMemberFields,

    /// <summary>What a moderator may do by default.</summary>
    DefaultModerator = DefaultMember | SetRoomFields | Lock | Kick | Ban,

    /// <summary>Everything; what an owner may do by default.</summary>
    All = DefaultModerator | Update | SetRoles | Close,
}
