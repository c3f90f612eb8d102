using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>Settings of a <see cref="SignalingListener"/>. Read once, when the listener is created.</summary>
public sealed class SignalingListenerOptions
{
    /// <summary>Where to accept connections; at least one.</summary>
    public IList<ListenEndpoint> Endpoints { get; } = [];

    /// <summary>The path that clients connect to, compared exactly after percent-decoding; other paths are answered with 404. Default <c>/signaling</c>.</summary>
    public string Path { get; set; } = "/signaling";

    /// <summary>
    /// The origins whose pages may connect, besides the server's own, in the form that <see cref="OriginPolicy"/> describes. Programs other than browsers are
    /// always allowed. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// Dialects besides the native one, which clients choose by sub-protocol. <c>AddCompatibility</c> of the package WebRtcSignaling.Compatibility adds those of
    /// other signaling servers. Default: none.
    /// </summary>
    public IList<IDialect> Dialects { get; } = [];

    /// <summary>Settings for the connections after their handshake.</summary>
    public WebSocketOptions WebSockets { get; set; } = new();

    /// <summary>
    /// How long a client may take from connecting to the end of its request, TLS included. A client whose address has reached its connection limit gets one second.
    /// Default 10 s; 1 s to 10 min.
    /// </summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many clients may be in their handshake, or be refused, at the same time; further ones are closed at once. Default 1,024.</summary>
    public int MaxHandshakes { get; set; } = 1_024;

    /// <summary>How many connections may be open at once; further requests are refused with 503. Default 100,000.</summary>
    public int MaxConnections { get; set; } = 100_000;

    /// <summary>The longest request head, in bytes; a longer one is refused with 414 or 431. Default 8,192; 256 to 1,048,576.</summary>
    public int MaxRequestHeadBytes { get; set; } = 8_192;

    /// <summary>The most header fields of a request; more are refused with 431. Default 100.</summary>
    public int MaxRequestFields { get; set; } = 100;

    /// <summary>How many connections may wait in the system for each endpoint until they are accepted. Default 512.</summary>
    public int Backlog { get; set; } = 512;

    /// <summary>
    /// Whether a client must bring a ticket, in its handshake or, if <see cref="WebSocketOptions.RequireHello"/> is on, in its <c>hello</c>. Needs an
    /// <see cref="Tickets.ITicketRedeemer"/>: see the constructor of <see cref="SignalingListener"/>. Default off.
    /// </summary>
    public bool RequireTicket { get; set; }

    /// <summary>
    /// Whether stopping the listener also stops the <see cref="SignalingServer"/>, with the sessions of other transports. Default off: only this listener's
    /// connections are closed.
    /// </summary>
    public bool StopsServer { get; set; }

    /// <summary>Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Endpoints.Count == 0)
        {
            yield return $"{nameof(Endpoints)} must have at least one entry.";
        }

        if (Path is not ['/', ..] || Path.AsSpan().ContainsAny('?', '#', '%') || Path.Any(char.IsControl))
        {
            yield return $"{nameof(Path)} must begin with a slash and have no ?, #, % or control character.";
        }

        if (HandshakeTimeout < TimeSpan.FromSeconds(1) || HandshakeTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"{nameof(HandshakeTimeout)} must be between 1 s and 10 min.";
        }

        if (MaxRequestHeadBytes is < 256 or > 1_048_576)
        {
            yield return $"{nameof(MaxRequestHeadBytes)} must be between 256 and 1,048,576.";
        }

        (string Name, int Value)[] counts =
        [
            (nameof(MaxHandshakes), MaxHandshakes),
            (nameof(MaxConnections), MaxConnections),
            (nameof(MaxRequestFields), MaxRequestFields),
            (nameof(Backlog), Backlog),
        ];
        foreach ((string name, int value) in counts.Where(count => count.Value < 1))
        {
            yield return $"{name} must be at least 1, not {value}.";
        }

        IEnumerable<string> parts = Endpoints
            .SelectMany(static (endpoint, i) => endpoint?.Validate($"{nameof(Endpoints)}:{i}") ?? [$"{nameof(Endpoints)}:{i} is null."])
            .Concat(OriginPolicy.Validate(AllowedOrigins, nameof(AllowedOrigins)))
            .Concat(DialectTable.Validate(Dialects, nameof(Dialects)))
            .Concat(WebSockets.Validate(nameof(WebSockets)));
        foreach (string problem in parts)
        {
            yield return problem;
        }
    }
}
