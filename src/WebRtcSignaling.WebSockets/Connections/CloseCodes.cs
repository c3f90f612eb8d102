using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// How an end is said in a Close frame, and whether coming back is of any use: the table "Close codes" in docs/protocol.md, with which a test compares this one.
/// </summary>
internal static class CloseCodes
{
    /// <summary>Every code that this side closes with, the reason that goes with it, and whether a client should stay away for good.</summary>
    public static IReadOnlyList<(CloseCode Code, string Reason, bool IsTerminal)> All { get; } =
    [
        (CloseCode.NormalClosure, "left", true),
        (CloseCode.GoingAway, "the server is going away; try again", false),
        (CloseCode.ProtocolError, "protocol error", true),
        (CloseCode.UnsupportedData, "only text messages here", true),
        (CloseCode.InvalidPayload, "not UTF-8", true),
        (CloseCode.PolicyViolation, "not admitted", true),
        (CloseCode.MessageTooBig, "message too big", true),
        (CloseCode.InternalError, "internal error", false),
        (CloseCode.TryAgainLater, "too many sessions; try again later", false),
        (CloseCode.Replaced, "another connection took over", true),
        (CloseCode.Removed, "removed by the host", true),
        (CloseCode.HelloTimeout, "no hello in time", false),
        (CloseCode.SlowConsumer, "too slow", false),
        (CloseCode.HeartbeatTimeout, "no sign of life", false),
        (CloseCode.AuthenticationExpired, "the authentication has expired", false),
        (CloseCode.RateLimited, "too many messages; try again later", false),
    ];

    /// <summary>The code and the reason for the end of a session. None is from 1012 to 2999: the WebSocket of Socket.IO 1.4.5 takes those for a broken frame.</summary>
    public static (CloseCode Code, string Reason) Of(SessionCloseReason reason) => With(reason switch
    {
        SessionCloseReason.Left => CloseCode.NormalClosure,
        SessionCloseReason.Removed => CloseCode.Removed,
        SessionCloseReason.Replaced => CloseCode.Replaced,
        SessionCloseReason.SlowConsumer => CloseCode.SlowConsumer,
        SessionCloseReason.RateLimited => CloseCode.RateLimited,
        SessionCloseReason.HeartbeatTimeout => CloseCode.HeartbeatTimeout,
        SessionCloseReason.AuthenticationExpired => CloseCode.AuthenticationExpired,
        SessionCloseReason.ServerStopping => CloseCode.GoingAway,
        SessionCloseReason.ProtocolError => CloseCode.ProtocolError,
        _ => CloseCode.InternalError,
    });

    /// <summary>A code with its usual reason.</summary>
    public static (CloseCode Code, string Reason) With(CloseCode code) => (code, Find(code).Reason);

    /// <summary>
    /// Whether a client that was closed with this code would only meet the same end again. Codes that are not in the table come from what is between the two, and say
    /// nothing of that.
    /// </summary>
    public static bool IsTerminal(CloseCode code) => Find(code).IsTerminal;

    private static (CloseCode Code, string Reason, bool IsTerminal) Find(CloseCode code)
    {
        foreach ((CloseCode Code, string Reason, bool IsTerminal) entry in All)
        {
            if (entry.Code == code)
            {
                return entry;
            }
        }

        return (code, "", false);
    }
}
