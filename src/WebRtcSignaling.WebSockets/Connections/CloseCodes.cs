using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>How the end of a session is said in a Close frame: the table in docs/protocol.md.</summary>
internal static class CloseCodes
{
    public static (CloseCode Code, string Reason) Of(SessionCloseReason reason) => reason switch
    {
        SessionCloseReason.Left => (CloseCode.NormalClosure, "left"),
        SessionCloseReason.Removed => (CloseCode.Removed, "removed by the host"),
        SessionCloseReason.Replaced => (CloseCode.Replaced, "another connection took over"),
        SessionCloseReason.SlowConsumer => (CloseCode.SlowConsumer, "too slow"),
        SessionCloseReason.HeartbeatTimeout => (CloseCode.HeartbeatTimeout, "no sign of life"),
        SessionCloseReason.RateLimited => (CloseCode.RateLimited, "too many messages; try again later"),
        SessionCloseReason.ServerStopping => (CloseCode.GoingAway, "the server is going away; try again"),
        SessionCloseReason.ProtocolError => (CloseCode.ProtocolError, "protocol error"),
        _ => (CloseCode.InternalError, "internal error"),
    };
}
