namespace WebRtcSignaling.Authorization;

/// <summary>What the host app is asked about. Leaving, rejecting and hanging up are never asked about: nobody can be held.</summary>
public enum SignalingOperation
{
    /// <summary>Begin a session.</summary>
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

    /// <summary>Put a member out.</summary>
    Kick,

    /// <summary>Put somebody out and keep it out.</summary>
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

    /// <summary>Change what one shows of oneself: presence and media.</summary>
    SetState,

    /// <summary>Join a group.</summary>
    JoinGroup,

    /// <summary>Be told the ICE servers.</summary>
    GetIceServers,
}
