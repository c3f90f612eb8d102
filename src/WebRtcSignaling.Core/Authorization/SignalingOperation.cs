namespace WebRtcSignaling.Authorization;

/// <summary>
/// What the host app is asked about. It is never asked about leaving, rejecting and hanging up, which are always allowed.
/// </summary>
public enum SignalingOperation
{
    /// <summary>Begin a session; or, where the request has one, go on with it as somebody who has proved itself anew, or under another username.</summary>
    Connect,

    /// <summary>Create a room.</summary>
    CreateRoom,

    /// <summary>Join a room.</summary>
    JoinRoom,

    /// <summary>List the rooms.</summary>
    ListRooms,

    /// <summary>Change a room's settings.</summary>
    UpdateRoom,

    /// <summary>Close a room.</summary>
    CloseRoom,

    /// <summary>Remove a member from a room.</summary>
    Kick,

    /// <summary>Remove somebody from a room and keep it from joining again.</summary>
    Ban,

    /// <summary>Lift a ban.</summary>
    Unban,

    /// <summary>Give a member a role.</summary>
    SetRole,

    /// <summary>Send a signal.</summary>
    SendSignal,

    /// <summary>Send a message.</summary>
    SendMessage,

    /// <summary>Start or accept a call.</summary>
    Call,

    /// <summary>Set fields of a room, of oneself in a room, or of one's session.</summary>
    SetFields,

    /// <summary>Change presence or media.</summary>
    SetState,

    /// <summary>Join a group.</summary>
    JoinGroup,

    /// <summary>Get the ICE servers.</summary>
    GetIceServers,
}
