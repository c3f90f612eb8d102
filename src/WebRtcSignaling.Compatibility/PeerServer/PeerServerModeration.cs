using WebRtcSignaling.Applications;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.PeerServer;

/// <summary>What an owner asks against members, and why it is refused. An unknown user stays silent.</summary>
internal sealed class PeerServerModeration(PeerServerDialect dialect, IEventPeer peer)
{
    public async ValueTask HandleAsync(string name, SignalingSession session, SignalingApplication application, RoomId room, string? userId)
    {
        if (!SessionId.TryParse(userId, out SessionId id) || application.FindSession(id) is not { } user)
        {
            return;
        }

        ValueTask<SignalingResult> asked = name switch
        {
            "kick" => session.Rooms.KickAsync(room, id, cancellationToken: peer.Ended),
            "ban" => session.Rooms.BanAsync(room, new BanRequest { Target = id }, peer.Ended),
            _ => session.Rooms.UnbanAsync(room, id, cancellationToken: peer.Ended),
        };
        if ((await asked.ConfigureAwait(false)).Error is { } refusal)
        {
            Refuse(name, refusal);
        }
        else if (application.FindRoom(room) is { } snapshot && dialect.FindSink(user) is { } sink)
        {
            TellOutside(name, sink, new PeerServerRoom(snapshot));
        }
    }

    /// <summary>A room tells its members only; whoever is meant and outside hears of it here.</summary>
    private static void TellOutside(string name, PeerServerSink sink, PeerServerRoom room)
    {
        switch (name)
        {
            case "ban":
                sink.TellBanned(room);
                break;
            case "unban":
                sink.TellUnbanned(room);
                break;
        }
    }

    private void Refuse(string name, SignalingError refusal)
    {
        string? cause = (name, refusal.Code) switch
        {
            (_, SignalingErrorCode.NotPermitted) => "noprivileges",
            ("kick", SignalingErrorCode.TargetNotFound) => "notin",
            ("ban", SignalingErrorCode.AlreadyBanned) => "already",
            ("unban", SignalingErrorCode.NotBanned) => "notbanned",
            _ => null,
        };
        if (cause is not null)
        {
            peer.Send(PeerServerEncoder.Bare($"{name}_{cause}"));
        }
    }
}
