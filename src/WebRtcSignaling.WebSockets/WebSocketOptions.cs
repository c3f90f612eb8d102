using WebRtcSignaling.Limits;

namespace WebRtcSignaling.WebSockets;

/// <summary>Settings for WebSocket connections. Configuration: <c>Signaling:WebSockets</c>.</summary>
public sealed class WebSocketOptions
{
    /// <summary>The longest message a client may send, in bytes; a longer one closes the connection with 1009. Default 65,536; 1,024 to 16,777,216. What is in it may be as long as <see cref="Sessions.SessionOptions.MaxPayloadBytes"/>.</summary>
    public int MaxMessageBytes { get; set; } = 65_536;

    /// <summary>
    /// How many bytes may wait for one client; beyond, it is closed with 4003. A single message goes out however long it is, when nothing
    /// else waits. Default 1,048,576.
    /// </summary>
    public int MaxOutboxBytes { get; set; } = 1_048_576;

    /// <summary>
    /// How much a connection may send over time, whatever it is: text, binary messages and pings. Beside it, what comes of its session counts towards
    /// <see cref="Sessions.SessionOptions.Rates"/>. Configuration: <c>Signaling:WebSockets:Rates</c>.
    /// </summary>
    public RateOptions Rates { get; set; } = new();

    /// <summary>
    /// How many bytes of what a client hears are kept until it has acknowledged them, so that it misses nothing when it comes back after its connection was lost;
    /// beyond, the oldest are dropped, and the client hears that and the state of its rooms instead. At most a third of <see cref="MaxOutboxBytes"/>. Default 65,536. Nothing
    /// is kept where <see cref="Sessions.SessionOptions.ResumeTimeout"/> is zero.
    /// </summary>
    public int ResumeBufferBytes { get; set; } = 65_536;

    /// <summary>After how long without a sign of life a client is pinged. Default 15 s; at least 1 s.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a pinged client has to show life before it is closed with 4004. Default 15 s; at least 1 s.</summary>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether a client must say <c>hello</c> before it has a session. Default off.</summary>
    public bool RequireHello { get; set; }

    /// <summary>How long a client may take to say <c>hello</c> where it must; then it is closed with 4002. Default 10 s.</summary>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a closing connection waits for its peer before it is aborted. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether what is spoken on the WebSocket counts its messages itself, since it does not live on WebSockets alone. Pings and Pongs are counted in any case.</summary>
    internal bool IsMeteredAbove { get; init; }

    /// <summary>What is wrong with these settings, a sentence each that names the setting; empty if nothing is.</summary>
    /// <param name="path">What to put before the setting's name.</param>
    public IEnumerable<string> Validate(string path)
    {
        if (MaxMessageBytes is < 1_024 or > 16_777_216)
        {
            yield return $"{path}:{nameof(MaxMessageBytes)} must be between 1,024 and 16,777,216.";
        }

        if (MaxOutboxBytes < MaxMessageBytes)
        {
            yield return $"{path}:{nameof(MaxOutboxBytes)} must be at least {nameof(MaxMessageBytes)}.";
        }

        foreach (string problem in Rates.Validate($"{path}:{nameof(Rates)}", MaxMessageBytes))
        {
            yield return problem;
        }

        // What is kept is sent again all at once, with frames and numbers around it.
        if (ResumeBufferBytes < 0 || ResumeBufferBytes > MaxOutboxBytes / 3)
        {
            yield return $"{path}:{nameof(ResumeBufferBytes)} must be between 0 and a third of {nameof(MaxOutboxBytes)}.";
        }

        (string Name, TimeSpan Value)[] times =
        [
            (nameof(PingInterval), PingInterval),
            (nameof(PongTimeout), PongTimeout),
            (nameof(HelloTimeout), HelloTimeout),
            (nameof(CloseTimeout), CloseTimeout),
        ];
        foreach ((string name, TimeSpan value) in times)
        {
            if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromHours(1))
            {
                yield return $"{path}:{name} must be between 1 s and 1 h.";
            }
        }
    }
}
