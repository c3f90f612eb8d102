namespace WebRtcSignaling.WebSockets.Native;

/// <summary>What a client comes back to its session with.</summary>
/// <param name="Text">The token.</param>
/// <param name="Timeout">How long the session waits for it.</param>
/// <param name="Bytes">How many bytes of what it has not acknowledged are kept for it.</param>
internal readonly record struct NativeToken(string Text, TimeSpan Timeout, int Bytes);
