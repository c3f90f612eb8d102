using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>
/// The session of a client on an event wire: it begins when the client first wants something, with what the wire knows of the client or with what the client
/// says of itself, and ends once, also when the client goes while it begins. It is begun by one caller at a time, and ended by anybody.
/// </summary>
internal sealed class EventSession(IEventPeer peer, ISessionSink sink)
{
    private readonly ConversationSession _session = new();

    /// <summary>The session, which begins with the first call as the one that the wire knows of; or why there is none.</summary>
    public ValueTask<SignalingResult<SignalingSession>> GetAsync() => _session.Current is { } existing
        ? ValueTask.FromResult<SignalingResult<SignalingSession>>(existing)
        : BeginAsync(new SessionRequest
        {
            Id = SessionId.Parse(peer.Id),
            Application = peer.Application,
            User = peer.User,
            AuthenticationExpiresAt = peer.AuthenticationExpiresAt,
            RemoteAddress = peer.RemoteAddress,
        });

    /// <summary>Begins the session as the one that is wanted, where the client has its say in that. Not possible if there is one already.</summary>
    public async ValueTask<SignalingResult<SignalingSession>> BeginAsync(SessionRequest wanted)
    {
        SignalingResult<SignalingSession> connected = await peer.Server.ConnectAsync(wanted, sink, peer.Ended).ConfigureAwait(false);
        if (connected.IsSuccess)
        {
            _session.TryBegin(connected.Value);
        }

        return connected;
    }

    /// <summary>Ends the session, if there is one or will be one; the first cause is the one that is told.</summary>
    public void End(SessionCloseReason reason) => _session.End(reason);
}
