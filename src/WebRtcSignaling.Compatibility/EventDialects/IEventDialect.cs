namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>
/// A vocabulary of named events with JSON arguments and an optional acknowledgement, on whatever wire carries them. Stateless; one instance serves all clients.
/// </summary>
internal interface IEventDialect
{
    /// <summary>Its name, which is also its WebSocket sub-protocol.</summary>
    string Name { get; }

    /// <summary>The events that its clients send. Those of different dialects are disjoint, so that the first event tells which one a client speaks.</summary>
    IReadOnlySet<string> ClientEvents { get; }

    /// <summary>
    /// Gives the server what clients of this vocabulary count on. Called for each endpoint before its first client, so it may be more than once for a server.
    /// </summary>
    void Prepare(SignalingServer server)
    {
    }

    /// <summary>Begins to speak with one client.</summary>
    IEventConversation Open(IEventPeer peer);
}
