using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>Settings of a <see cref="SignalingListener"/>. Read once, when the listener is made.</summary>
public sealed class SignalingListenerOptions
{
    /// <summary>Where to take connections; at least one.</summary>
    public IList<ListenEndpoint> Endpoints { get; } = [];

    /// <summary>
    /// The path that clients connect to, compared exactly and with percent-encoding resolved; others are not found (404). Default
    /// <c>/signaling</c>.
    /// </summary>
    public string Path { get; set; } = "/signaling";

    /// <summary>
    /// The origins of web pages, besides the server's own, that may connect: entries as <see cref="OriginPolicy"/> describes them. Clients
    /// that are no browsers are not asked. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// What clients may speak besides the native dialect, each chosen by its sub-protocol. <c>AddCompatibility</c> of the package
    /// WebRtcSignaling.Compatibility adds the vocabularies of other signaling servers. Default: none.
    /// </summary>
    public IList<IDialect> Dialects { get; } = [];

    /// <summary>Settings for the connections, once their handshake is done.</summary>
    public WebSocketOptions WebSockets { get; set; } = new();

    /// <summary>
    /// How long a client may take from connecting to the end of its request, TLS included; one beyond those that its address may have has a second. Default 10 s; 1 s to
    /// 10 min.
    /// </summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many clients may be in their handshake, or in being refused, at once; further ones are closed at once. Default 1,024.
    /// </summary>
    public int MaxHandshakes { get; set; } = 1_024;

    /// <summary>How many connections may be open at once; further requests are refused with 503. Default 100,000.</summary>
    public int MaxConnections { get; set; } = 100_000;

    /// <summary>The longest request head, in bytes; a longer one is refused with 414 or 431. Default 8,192; 256 to 1,048,576.</summary>
    public int MaxRequestHeadBytes { get; set; } = 8_192;

    /// <summary>The most header fields of a request; more are refused with 431. Default 100.</summary>
    public int MaxRequestFields { get; set; } = 100;

    /// <summary>How many connections the system may keep waiting for each endpoint until they are taken. Default 512.</summary>
    public int Backlog { get; set; } = 512;

    /// <summary>
    /// Whether a client must bring a ticket, in its handshake or, where <see cref="WebSocketOptions.RequireHello"/> is on, in its
    /// <c>hello</c>. Needs somebody who knows the tickets: see the constructor of <see cref="SignalingListener"/>. Default off.
    /// </summary>
    public bool RequireTicket { get; set; }

    /// <summary>
    /// Whether stopping the listener stops the <see cref="SignalingServer"/>, too, and so also the sessions that came another way. Default
    /// off: only this listener's connections are told to go.
    /// </summary>
    public bool StopsServer { get; set; }

    /// <summary>What is wrong with these settings, a sentence each that names the setting; empty if nothing is.</summary>
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
