namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>One header field line (RFC 9110 section 5).</summary>
/// <param name="Name">As it was written; compared without regard to case.</param>
/// <param name="Value">Without the blanks around it.</param>
internal readonly record struct HeaderField(string Name, string Value);
