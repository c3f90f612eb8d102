using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.EventDialects;

namespace WebRtcSignaling.Compatibility.SocketIO.Connections;

/// <summary>Speaks Socket.IO in the sessions of one endpoint.</summary>
/// <param name="server">The server that its clients connect to.</param>
/// <param name="name">The application that the endpoint serves; <see langword="null"/> for the server's default.</param>
/// <param name="dialects">The vocabularies that its clients may speak.</param>
/// <param name="maxAttachments">How many attachments an event may have.</param>
internal sealed class SocketIOApplication(SignalingServer server, string? name, IReadOnlyList<IEventDialect> dialects, int maxAttachments)
    : IEngineApplication
{
    public SignalingServer Server => server;

    public string? Name => name;

    public int MaxAttachments => maxAttachments;

    public IEngineConversation Open(EngineSession session) => new SocketIOConnection(session, this);

    /// <summary>The dialect that an event belongs to; <see langword="null"/> if nobody knows it.</summary>
    public IEventDialect? FindDialect(string eventName) => dialects.FirstOrDefault(dialect => dialect.ClientEvents.Contains(eventName));
}
