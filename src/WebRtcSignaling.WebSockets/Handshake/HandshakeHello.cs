namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// The announcement that a client says <c>hello</c> first, among the sub-protocols that it offers: <c>Sec-WebSocket-Protocol: webrtc-signaling.v1, hello</c>. It
/// comes so early because a session that begins at once would be one too many for a client that has one to come back to. It is read, and never chosen: no dialect
/// has such a name.
/// </summary>
internal static class HandshakeHello
{
    private const string SubProtocol = "hello";

    /// <param name="subProtocols">The lines of <c>Sec-WebSocket-Protocol</c>.</param>
    public static bool IsIn(IReadOnlyList<string?> subProtocols) =>
        subProtocols.Count > 0 && HttpToken.Elements(subProtocols).Contains(SubProtocol, StringComparer.Ordinal);
}
