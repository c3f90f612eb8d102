namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>A dialect whose clients count on something that the server must have before anybody is there.</summary>
internal interface IPreparedDialect : IDialect
{
    /// <summary>Called for each endpoint before its first client, so it may be more than once for a server.</summary>
    void Prepare(SignalingServer server);
}
