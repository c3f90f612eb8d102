using WebRtcSignaling.Errors;

namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>The refusals of handshakes, each with its sentence in one place.</summary>
internal static class HandshakeRefusals
{
    /// <summary>The same whatever is wrong with a ticket, so that nobody learns by trying. RFC 9110 section 15.5.2 wants the field.</summary>
    public static HandshakeRefusal InvalidTicket { get; } =
        new(401, "There is no valid ticket. Get a new one and connect again.") { Fields = [new("WWW-Authenticate", "Ticket")] };

    public static HandshakeRefusal OriginNotAllowed { get; } =
        new(403, "Pages of this origin may not connect. The server's setting AllowedOrigins says which may.");

    public static HandshakeRefusal NotFound { get; } = new(404, "There is nothing here.");

    public static HandshakeRefusal MethodNotAllowed { get; } =
        new(405, "Only GET is allowed here.") { Fields = [new("Allow", "GET")] };

    public static HandshakeRefusal Timeout { get; } = new(408, "The request did not come in time.");

    public static HandshakeRefusal TargetTooLong { get; } = new(414, "The request line is too long.");

    /// <summary>429 and not 503: it is this client that is to do something else (RFC 6585 section 4), and others are served.</summary>
    public static HandshakeRefusal TooManyOfAddress { get; } =
        new(429, "There are too many connections from where you are. Close some, or try again later.") { Fields = [new("Retry-After", "10")] };

    public static HandshakeRefusal HeadTooLarge { get; } = new(431, "The header fields are too many or too long.");

    public static HandshakeRefusal Overloaded { get; } =
        new(503, "There are too many connections. Try again later.") { Fields = [new("Retry-After", "10")] };

    public static HandshakeRefusal Stopping { get; } =
        new(503, "The server is going away. Try again.") { Fields = [new("Retry-After", "1")] };

    public static HandshakeRefusal VersionNotSupported { get; } = new(505, "Only HTTP/1.1 is spoken here.");

    /// <summary>For a GET that asks for no upgrade: somebody is looking at the address with a browser or a script.</summary>
    public static HandshakeRefusal UpgradeRequired { get; } = new(
        426,
        "This is a WebSocket endpoint for WebRTC signaling. Connect to it with a WebSocket client; in a browser: "
        + "new WebSocket(address), with ws:// or wss:// in place of http:// or https://.")
    {
        Fields = Upgrade,
    };

    /// <summary>RFC 6455 section 4.4.</summary>
    public static HandshakeRefusal WebSocketVersion { get; } =
        new(426, "Only version 13 of the WebSocket protocol is spoken here.") { Fields = [.. Upgrade, SupportedVersion] };

    /// <summary>The same over HTTP/2, which knows no upgrades and so no status 426 (RFC 9113 section 8.6).</summary>
    public static HandshakeRefusal WebSocketVersionOverHttp2 { get; } =
        new(400, WebSocketVersion.Message) { Fields = [SupportedVersion] };

    // RFC 9110 section 15.5.22: a 426 says what to upgrade to, and section 7.8: with the connection option beside it.
    private static HeaderField[] Upgrade => [new("Connection", "Upgrade"), new("Upgrade", "websocket")];

    private static HeaderField SupportedVersion => new("Sec-WebSocket-Version", "13");

    /// <summary>A refusal that says when to try again, for whoever has failed too often to prove who it is.</summary>
    public static HandshakeRefusal TooManyFailures(SignalingError refusal) => new(429, refusal.Message)
    {
        Fields = [new("Retry-After", RetryAfter.Seconds(refusal))],
    };

    public static HandshakeRefusal BadRequest(string sentence) => new(400, sentence);
}
