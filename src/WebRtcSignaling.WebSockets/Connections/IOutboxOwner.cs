namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>Who hears what becomes of an <see cref="Outbox"/>.</summary>
internal interface IOutboxOwner
{
    /// <summary>
    /// More would wait than may; from now on only a Close frame is taken. Called once, under the outbox's lock and perhaps a room's: what is to be
    /// done must be done elsewhere.
    /// </summary>
    void OnOverflow();

    /// <summary>The output has failed, or nobody reads it any more, though no Close has been sent. The outbox has aborted itself.</summary>
    void OnBroken();
}
