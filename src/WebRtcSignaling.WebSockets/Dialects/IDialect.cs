namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>
/// A vocabulary of messages: turns them into session calls, and results and events into messages. Stateless; one instance serves all
/// connections.
/// </summary>
internal interface IDialect
{
    /// <summary>The WebSocket sub-protocol that chooses it.</summary>
    string SubProtocol { get; }

    /// <summary>Begins to speak with one client.</summary>
    IConversation Open(IDialectConnection connection);
}
