using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.PeerJs.Connections;

/// <summary>Speaks PeerJS on one WebSocket.</summary>
/// <param name="server">What all clients share.</param>
/// <param name="claim">Who the client claims to be; <see langword="null"/> if that is refused.</param>
/// <param name="refusal">Why it is.</param>
internal sealed class PeerJsDialect(PeerJsServer server, PeerJsClaim? claim, string? refusal) : IDialect
{
    /// <summary>Not agreed on in the handshake: the request's path says it.</summary>
    public string SubProtocol => "";

    public IConversation Open(IDialectConnection connection) => new PeerJsConversation(connection, server, claim, refusal);
}
