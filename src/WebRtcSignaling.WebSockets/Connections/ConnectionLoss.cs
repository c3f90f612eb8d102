namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>How a connection hears that it is to end, other than by what it reads.</summary>
/// <param name="Aborted">Fires to end it at once.</param>
/// <param name="ClientGone">
/// Fires when the transport has noticed that the client is gone. Normally the connection reads that end itself, behind all that had come before, so it is only looked at with the
/// clock: whoever has not read it a tick later, because a request still waits for code of the host app, is aborted. Without this, such a session would stay in its rooms until that code is done.
/// </param>
internal readonly record struct ConnectionLoss(CancellationToken Aborted, CancellationToken ClientGone = default);
