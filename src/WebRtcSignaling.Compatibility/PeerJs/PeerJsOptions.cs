using WebRtcSignaling.Applications;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.PeerJs;

/// <summary>Settings for PeerJS clients. Configuration: <c>Signaling:PeerJs</c>. Times are exact to a second unless they say otherwise.</summary>
public sealed class PeerJsOptions
{
    /// <summary>What clients use when nobody gives them a key.</summary>
    private const string DefaultKey = "peerjs";

    private const int MaxKeyLength = 64;

    /// <summary>
    /// The keys that clients may use. Each is the name of an application: clients with the same key can reach each other, and no others. A key has 1 to 64 characters
    /// of <c>A-Z a-z 0-9 . _ -</c>. Default none, which means the clients' own default: <c>peerjs</c>.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>Whether <c>GET {path}/{key}/peers</c> lists the connected clients, for everybody. Default off: it is answered with 401.</summary>
    public bool AllowDiscovery { get; set; }

    /// <summary>How many clients may be connected with one key; further ones get an error. Default 5,000; at least 1.</summary>
    public int MaxClients { get; set; } = 5_000;

    /// <summary>
    /// The time after which a client that sends neither a heartbeat nor a message is disconnected. Clients send one every 5 s. Default 90 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan AliveTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How long messages wait for an id that is not connected. Then the sender gets <c>EXPIRE</c>. Exact to milliseconds. Default 5 s; 1 ms to 1 h.</summary>
    public TimeSpan ExpireTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many messages may wait for one id; further ones are dropped. Default 256; at least 1.</summary>
    public int MaxWaitingPerTarget { get; set; } = 256;

    /// <summary>How many messages of one sender may wait, for all ids together; further ones are dropped. Default 1,024; at least 1.</summary>
    public int MaxWaitingPerSender { get; set; } = 1_024;

    /// <summary>How many bytes the waiting payloads of one sender may have in total; further ones are dropped. Default 1,048,576; at least 1.</summary>
    public int MaxWaitingBytesPerSender { get; set; } = 1024 * 1024;

    /// <summary>How many messages of all clients with one key may wait; further ones are dropped. Default 10,000; at least 1.</summary>
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>How many bytes the waiting payloads of all clients with one key may have in total; further ones are dropped. Default 16,777,216; at least 1.</summary>
    public int MaxWaitingBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// How many messages a second a client may send on average. A client that sends more is read more slowly, which slows it down. Default 200; at least 1.
    /// </summary>
    public int MaxMessagesPerSecond { get; set; } = 200;

    /// <summary>How many messages a client may send at once before it is read more slowly. Default 1,000, enough to call fifty peers at once; at least 1.</summary>
    public int MaxBurst { get; set; } = 1_000;

    /// <summary>How many bytes one message of a client may have; a longer one closes its connection with 1009. Default 65,536; 1,024 to 16,777,216.</summary>
    public int MaxMessageBytes { get; set; } = 65_536;

    /// <summary>How many bytes may wait for one client. With more, the client is disconnected. Default 1,048,576; at least <see cref="MaxMessageBytes"/>.</summary>
    public int MaxBufferedBytes { get; set; } = 1_048_576;

    /// <summary>How long a client that is disconnected by the server may take to close its WebSocket. Default 5 s; 1 s to 1 h.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether a client also gets <c>OPEN</c> when its new connection replaces an older one. Default off, as in PeerJS' own server: a client that reconnects before
    /// the server has noticed the loss of its old connection is then not told that it is connected again.
    /// </summary>
    public bool OpenWhenReclaimed { get; set; }

    /// <summary>The keys that count.</summary>
    internal IReadOnlyList<string> EffectiveKeys => Keys.Count == 0 ? [DefaultKey] : [.. Keys.Distinct(StringComparer.Ordinal)];

    /// <summary>Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.</summary>
    /// <param name="path">What to put before the setting's name.</param>
    public IEnumerable<string> Validate(string path)
    {
        for (int i = 0; i < Keys.Count; i++)
        {
            if (!IsKey(Keys[i]))
            {
                yield return $"{path}:{nameof(Keys)}:{i} must have 1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-'.";
            }
        }

        (string Name, TimeSpan Value)[] times =
        [
            (nameof(AliveTimeout), AliveTimeout),
            (nameof(CloseTimeout), CloseTimeout),
        ];
        foreach ((string name, TimeSpan value) in times)
        {
            if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromHours(1))
            {
                yield return $"{path}:{name} must be between 1 s and 1 h.";
            }
        }

        if (ExpireTimeout < TimeSpan.FromMilliseconds(1) || ExpireTimeout > TimeSpan.FromHours(1))
        {
            yield return $"{path}:{nameof(ExpireTimeout)} must be between 1 ms and 1 h.";
        }

        (string Name, int Value)[] counts =
        [
            (nameof(MaxClients), MaxClients),
            (nameof(MaxWaitingPerTarget), MaxWaitingPerTarget),
            (nameof(MaxWaitingPerSender), MaxWaitingPerSender),
            (nameof(MaxWaitingBytesPerSender), MaxWaitingBytesPerSender),
            (nameof(MaxWaiting), MaxWaiting),
            (nameof(MaxWaitingBytes), MaxWaitingBytes),
            (nameof(MaxMessagesPerSecond), MaxMessagesPerSecond),
            (nameof(MaxBurst), MaxBurst),
        ];
        foreach ((string name, int value) in counts)
        {
            if (value < 1)
            {
                yield return $"{path}:{name} must be at least 1.";
            }
        }

        if (MaxMessageBytes is < 1_024 or > 16_777_216)
        {
            yield return $"{path}:{nameof(MaxMessageBytes)} must be between 1,024 and 16,777,216.";
        }

        if (MaxBufferedBytes < MaxMessageBytes)
        {
            yield return $"{path}:{nameof(MaxBufferedBytes)} must be at least {nameof(MaxMessageBytes)}.";
        }
    }

    /// <summary>What the application of a key is like.</summary>
    internal ApplicationOptions ToApplicationOptions() => new()
    {
        AllowDirectSignals = true,
        MaxSessions = MaxClients,
        WaitingSignals = new WaitingSignalOptions
        {
            Timeout = ExpireTimeout,
            MaxPerTarget = MaxWaitingPerTarget,
            MaxPerSender = MaxWaitingPerSender,
            MaxBytesPerSender = MaxWaitingBytesPerSender,
            MaxSignals = MaxWaiting,
            MaxBytes = MaxWaitingBytes,
        },
    };

    /// <summary>A key stands in paths as it is.</summary>
    private static bool IsKey(string? key) => key is { Length: >= 1 and <= MaxKeyLength }
        && key.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-')
        && key is not ("." or "..");
}
