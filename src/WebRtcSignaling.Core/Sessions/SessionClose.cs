namespace WebRtcSignaling.Sessions;

/// <summary>How a session ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Message">A sentence for the client, where the host gave one.</param>
public sealed record SessionClose(SessionCloseReason Reason, string? Message = null)
{
    /// <summary>
    /// How long the client should wait before it reconnects; a different time for each client. Set where the reason is
    /// <see cref="SessionCloseReason.ServerStopping"/>.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }
}
