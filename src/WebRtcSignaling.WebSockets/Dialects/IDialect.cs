namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>
/// A vocabulary of messages: turns them into session calls, and results and events into messages. Stateless and safe for concurrent use;
/// one instance serves all connections. A listener gets further ones by <c>SignalingListenerOptions.Dialects</c>, an app of ASP.NET Core
/// as services of this type.
/// </summary>
public interface IDialect
{
    /// <summary>
    /// The WebSocket sub-protocol that chooses it (RFC 6455 section 1.9): a token of HTTP, compared exactly, and not that of another
    /// dialect beside it.
    /// </summary>
    string SubProtocol { get; }

    /// <summary>Begins to speak with one client. If it throws, that client's connection fails.</summary>
    /// <param name="connection">The client's connection, for as long as the conversation lives.</param>
    IConversation Open(IDialectConnection connection);
}
