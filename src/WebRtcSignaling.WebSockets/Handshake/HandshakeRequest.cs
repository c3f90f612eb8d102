namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// What decides whether a request becomes a WebSocket: each field's lines as they came, none where it is absent. Whoever parsed the request
/// fills it in, the standalone listener as well as a web server. The request is a GET over HTTP/1.1, or an extended CONNECT with the
/// protocol <c>websocket</c> over HTTP/2 or later (RFC 8441).
/// </summary>
internal sealed record HandshakeRequest
{
    /// <summary>Whether it is an extended CONNECT, which has neither key nor <c>Upgrade</c> nor <c>Connection</c>.</summary>
    public bool IsExtendedConnect { get; init; }

    /// <summary>The lines of <c>Connection</c>.</summary>
    public IReadOnlyList<string?> Connection { get; init; } = [];

    /// <summary>The lines of <c>Upgrade</c>.</summary>
    public IReadOnlyList<string?> Upgrade { get; init; } = [];

    /// <summary>The lines of <c>Sec-WebSocket-Version</c>.</summary>
    public IReadOnlyList<string?> Version { get; init; } = [];

    /// <summary>The lines of <c>Sec-WebSocket-Key</c>.</summary>
    public IReadOnlyList<string?> Key { get; init; } = [];

    /// <summary>The lines of <c>Sec-WebSocket-Protocol</c>.</summary>
    public IReadOnlyList<string?> SubProtocols { get; init; } = [];

    /// <summary>The handshake in a request that the standalone listener read.</summary>
    public static HandshakeRequest Of(RequestHead head) => new()
    {
        Connection = head.Values("Connection"),
        Upgrade = head.Values("Upgrade"),
        Version = head.Values("Sec-WebSocket-Version"),
        Key = head.Values("Sec-WebSocket-Key"),
        SubProtocols = head.Values("Sec-WebSocket-Protocol"),
    };
}
