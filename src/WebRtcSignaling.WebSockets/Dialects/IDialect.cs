namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>
/// A set of messages on a WebSocket: translates them to calls of a session, and results and events to messages. Stateless and safe for
/// concurrent use; one instance serves all connections. A listener gets dialects of the app by <c>SignalingListenerOptions.Dialects</c>,
/// an app of ASP.NET Core registers them as services of this type.
/// </summary>
public interface IDialect
{
    /// <summary>
    /// The WebSocket sub-protocol by which clients choose it (RFC 6455 section 1.9): an HTTP token, compared exactly, and different from
    /// those of the other dialects.
    /// </summary>
    string SubProtocol { get; }

    /// <summary>Begins a conversation with one client. If it throws, the connection is closed with 1011.</summary>
    /// <param name="connection">The client's connection, for as long as the conversation lives.</param>
    IConversation Open(IDialectConnection connection);
}
