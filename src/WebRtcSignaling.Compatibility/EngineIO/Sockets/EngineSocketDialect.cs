using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.EngineIO.Sockets;

/// <summary>Speaks Engine.IO on one WebSocket.</summary>
/// <param name="version">The client's version.</param>
/// <param name="open">Finds the session when the WebSocket is there: a new one, or the one that it is to take over; <see langword="null"/> if it comes too late.</param>
internal sealed class EngineSocketDialect(EngineVersion version, Func<IDialectConnection, EngineSession?> open) : IDialect
{
    /// <summary>Not agreed on in the handshake: the request's query says it.</summary>
    public string SubProtocol => "";

    public IConversation Open(IDialectConnection connection) => new EngineSocketConversation(connection, version, open);
}
