using System.Collections.Frozen;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>The codes of EasyRTC's errors that its server sends, and the texts that come with them.</summary>
internal static class EasyRtcError
{
    public const string LoginAppAuthFail = "LOGIN_APP_AUTH_FAIL";

    public const string LoginBadAuth = "LOGIN_BAD_AUTH";

    public const string LoginBadRoom = "LOGIN_BAD_ROOM";

    public const string LoginBadStructure = "LOGIN_BAD_STRUCTURE";

    public const string LoginBadUserCfg = "LOGIN_BAD_USER_CFG";

    public const string LoginGenFail = "LOGIN_GEN_FAIL";

    public const string LoginNoSockets = "LOGIN_NO_SOCKETS";

    public const string BadData = "MSG_REJECT_BAD_DATA";

    public const string BadRoom = "MSG_REJECT_BAD_ROOM";

    public const string BadField = "MSG_REJECT_BAD_FIELD";

    public const string BadSize = "MSG_REJECT_BAD_SIZE";

    public const string BadStructure = "MSG_REJECT_BAD_STRUCTURE";

    public const string BadType = "MSG_REJECT_BAD_TYPE";

    public const string GenFail = "MSG_REJECT_GEN_FAIL";

    public const string NoAuth = "MSG_REJECT_NO_AUTH";

    public const string NoRoomList = "MSG_REJECT_NO_ROOM_LIST";

    public const string BadPresence = "MSG_REJECT_PRESENCE";

    public const string TargetId = "MSG_REJECT_TARGET_EASYRTCID";

    public const string TargetGroup = "MSG_REJECT_TARGET_GROUP";

    public const string TargetRoom = "MSG_REJECT_TARGET_ROOM";

    public const string ServerShutdown = "SERVER_SHUTDOWN";

    // The texts are part of what clients see, the original's slips included.
    private static readonly FrozenDictionary<string, string> _texts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [LoginAppAuthFail] = "Authentication for application failed. Socket will be disconnected.",
        [LoginBadAuth] = "Authentication for application failed. Socket will be disconnected.",
        [LoginBadRoom] = "Requested room is invalid or does not exist. Socket will be disconnected.",
        [LoginBadStructure] = "Authentication for application failed. The provided structure is improper. Socket will be disconnected.",
        [LoginBadUserCfg] = "Provided configuration options improper or invalid. Socket will be disconnected.",
        [LoginGenFail] = "Authentication failed. Socket will be disconnected.",
        [LoginNoSockets] = "No sockets available for account. Socket will be disconnected.",
        [BadData] = "Message rejected. The provided msgData is improper.",
        [BadRoom] = "Message rejected. Requested room is invalid or does not exist.",
        [BadField] = "Message rejected. Problem with field structure or name.",
        [BadSize] = "Message rejected. Packet size is too large.",
        [BadStructure] = "Message rejected. The provided structure is improper.",
        [BadType] = "Message rejected. The provided msgType is unsupported.",
        [GenFail] = "Message rejected. General failure occurred.",
        [NoAuth] = "Message rejected. Not logged in or client not authorized.",
        [NoRoomList] = "Message rejected. Room list unavailable.",
        [BadPresence] = "Message rejected. Presence could could not be set.",
        [TargetId] = "Message rejected. Target easyrtcid is invalid, not using same application, or no longer online.",
        [TargetGroup] = "Message rejected. Target group is invalid or not defined.",
        [TargetRoom] = "Message rejected. Target room is invalid or not created.",
        [ServerShutdown] = "Server is being shutdown. Socket will be disconnected.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The sentence for a code.</summary>
    public static string TextOf(string code) => _texts[code];
}
