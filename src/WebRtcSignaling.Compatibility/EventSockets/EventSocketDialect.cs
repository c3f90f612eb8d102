using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.EventSockets;

/// <summary>
/// An event vocabulary on a raw WebSocket, chosen by the sub-protocol of its name. A text message is a JSON array:
/// <code>
///   event   = [name, ...arguments]           ; both ways
///   request = [id, name, ...arguments]       ; from the client; id is a whole number
///   answer  = [id, ...results]               ; to a request that its vocabulary answers
/// </code>
/// What is none of these is answered by <c>["error","invalid-message"]</c>, and the connection stays.
/// </summary>
/// <typeparam name="TDialect">The vocabulary.</typeparam>
internal sealed class EventSocketDialect<TDialect>(TDialect dialect) : IPreparedDialect
    where TDialect : IEventDialect
{
    public string SubProtocol => dialect.Name;

    public void Prepare(SignalingServer server) => dialect.Prepare(server);

    public IConversation Open(IDialectConnection connection) => new EventSocketConversation(connection, dialect);
}
