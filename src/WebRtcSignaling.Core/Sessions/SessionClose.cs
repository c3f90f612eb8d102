namespace WebRtcSignaling.Sessions;

/// <summary>How a session ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Message">A sentence for the client, where the host gave one.</param>
public sealed record SessionClose(SessionCloseReason Reason, string? Message = null);
