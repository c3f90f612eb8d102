using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Limits;

namespace WebRtcSignaling.Compatibility.SocketIO;

/// <summary>Settings for Socket.IO clients. Configuration: <c>Signaling:SocketIO</c>. Times are exact to a second.</summary>
public sealed class SocketIOOptions
{
    /// <summary>
    /// The time between two pings: clients of Socket.IO 1 and 2 ping the server, and the server pings those of 3 and 4. Clients are told. Default 25 s; 1 s to 1
    /// h.
    /// </summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How much longer than <see cref="PingInterval"/> a sign of life may take before the connection counts as lost. Clients are told. Default 20 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a client may take to upgrade from polling to a WebSocket that it has opened. After that it stays with polling. Default 10 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a client may take after its first request to poll again, or, with Socket.IO 3 and 4, to connect to the namespace <c>/</c>. After that its
    /// session ends. Default 20 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a client that is disconnected by the server may take to poll for the final messages, or to close its WebSocket. Default 5 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many bytes a client may send in one POST or one WebSocket message, and in one event with all its attachments. With more, the session ends. Clients of
    /// Socket.IO 4 are told. Default 1,000,000; 1,024 to 16,777,216.
    /// </summary>
    public int MaxPayloadBytes { get; set; } = 1_000_000;

    /// <summary>
    /// How many bytes may wait for one client. With more, the client is disconnected. Default 1,048,576; at least <see cref="MaxPayloadBytes"/>.
    /// </summary>
    public int MaxBufferedBytes { get; set; } = 1_048_576;

    /// <summary>How many binary attachments an event may have. With more, the session ends. Default 10; 0 to refuse all.</summary>
    public int MaxAttachments { get; set; } = 10;

    /// <summary>How many clients may be connected at once, with or without a signaling session; further ones get 503. Default 100,000.</summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>
    /// How much a client may send over time, on all its transports: packets and their bytes. What it asks of its session counts towards
    /// <c>Signaling:Sessions:Rates</c> as well. Configuration: <c>Signaling:SocketIO:Rates</c>.
    /// </summary>
    public RateOptions Rates { get; set; } = new();

    /// <summary>Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.</summary>
    /// <param name="path">What to put before the setting's name.</param>
    public IEnumerable<string> Validate(string path)
    {
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(PingInterval), PingInterval),
            (nameof(PingTimeout), PingTimeout),
            (nameof(UpgradeTimeout), UpgradeTimeout),
            (nameof(ConnectTimeout), ConnectTimeout),
            (nameof(CloseTimeout), CloseTimeout),
        ];
        foreach ((string name, TimeSpan value) in times)
        {
            if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromHours(1))
            {
                yield return $"{path}:{name} must be between 1 s and 1 h.";
            }
        }

        if (MaxPayloadBytes is < 1_024 or > 16_777_216)
        {
            yield return $"{path}:{nameof(MaxPayloadBytes)} must be between 1,024 and 16,777,216.";
        }

        if (MaxBufferedBytes < MaxPayloadBytes)
        {
            yield return $"{path}:{nameof(MaxBufferedBytes)} must be at least {nameof(MaxPayloadBytes)}.";
        }

        foreach (string problem in Rates.Validate($"{path}:{nameof(Rates)}", MaxPayloadBytes))
        {
            yield return problem;
        }

        if (MaxAttachments < 0)
        {
            yield return $"{path}:{nameof(MaxAttachments)} must not be negative.";
        }

        if (MaxSessions < 1)
        {
            yield return $"{path}:{nameof(MaxSessions)} must be at least 1.";
        }
    }

    internal EngineSettings ToEngineSettings() => new()
    {
        PingInterval = PingInterval,
        PingTimeout = PingTimeout,
        UpgradeTimeout = UpgradeTimeout,
        ConnectTimeout = ConnectTimeout,
        CloseTimeout = CloseTimeout,
        MaxPayloadBytes = MaxPayloadBytes,
        MaxBufferedBytes = MaxBufferedBytes,
        MaxSessions = MaxSessions,
        Rates = Rates,
    };
}
