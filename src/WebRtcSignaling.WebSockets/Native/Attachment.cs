namespace WebRtcSignaling.WebSockets.Native;

/// <summary>How a session goes on with another connection.</summary>
/// <param name="IsRecovered">Whether all that the client has missed follows.</param>
/// <param name="Sent">The number that stands before the first message that follows.</param>
/// <param name="Taken">The client's request that was taken last.</param>
internal readonly record struct Attachment(bool IsRecovered, long Sent, long Taken);
