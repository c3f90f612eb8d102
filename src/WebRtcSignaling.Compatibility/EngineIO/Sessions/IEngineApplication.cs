namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>Who speaks in the sessions of one endpoint. A session of one is unknown to all others.</summary>
internal interface IEngineApplication
{
    /// <summary>Begins to speak in a session, in which nothing may be sent before <see cref="IEngineConversation.Start"/>.</summary>
    IEngineConversation Open(EngineSession session);
}
