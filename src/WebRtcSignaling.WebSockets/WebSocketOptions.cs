using WebRtcSignaling.Limits;

namespace WebRtcSignaling.WebSockets;

/// <summary>Settings for WebSocket connections. Configuration: <c>Signaling:WebSockets</c>.</summary>
public sealed class WebSocketOptions
{
    /// <summary>
    /// The longest message a client may send, in bytes; a longer one closes the connection with 1009. Default 65,536; 1,024 to 16,777,216. The payload in it is limited
    /// by <see cref="Sessions.SessionOptions.MaxPayloadBytes"/> as well.
    /// </summary>
    public int MaxMessageBytes { get; set; } = 65_536;

    /// <summary>
    /// How many bytes may wait for one client; with more, it is closed with 4003. One longer message, such as the description of a large room, may wait in addition, and counts
    /// towards <see cref="MaxLongMessageBytes"/> instead. Default 1,048,576.
    /// </summary>
    public int MaxOutboxBytes { get; set; } = 1_048_576;

    /// <summary>
    /// How many bytes of messages that are longer than <see cref="MaxOutboxBytes"/> may wait, for all clients of the endpoint together; a client whose message would exceed it
    /// is closed with 4003. Default 268,435,456 (256 MiB); with 0 no such message is sent.
    /// </summary>
    public long MaxLongMessageBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>
    /// How long a client may read nothing of what is sent to it; then it is closed with 4003. Noticed at the next look at the clock, so after twice that at the latest. Default
    /// 30 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much a connection may send over time, text, binary messages and pings together. What it asks of its session counts towards
    /// <see cref="Sessions.SessionOptions.Rates"/> as well. Configuration: <c>Signaling:WebSockets:Rates</c>.
    /// </summary>
    public RateOptions Rates { get; set; } = new();

    /// <summary>
    /// How many bytes of what was sent to a client are kept until it has acknowledged them, so that it misses nothing when it resumes its session after its connection
    /// was lost. If there are more, the oldest messages are dropped, and the client gets the state of its rooms instead. At most a third of <see cref="MaxOutboxBytes"/>.
    /// Default 65,536. Nothing is kept if <see cref="Sessions.SessionOptions.ResumeTimeout"/> is zero.
    /// </summary>
    public int ResumeBufferBytes { get; set; } = 65_536;

    /// <summary>The time without any sign of life after which a client is pinged. Default 15 s; at least 1 s.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take to answer a ping, or to send anything else, before it is closed with 4004. Default 15 s; at least 1 s.</summary>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether a client must say <c>hello</c> before it has a session. Default off.</summary>
    public bool RequireHello { get; set; }

    /// <summary>How long a client may take to say <c>hello</c> if it has to; then it is closed with 4002. Default 10 s.</summary>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a closing connection waits for the client to close, before it is aborted. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether what is spoken on the WebSocket counts its messages itself, since it does not live on WebSockets alone. Pings and Pongs are counted in any case.</summary>
    internal bool IsMeteredAbove { get; init; }

    /// <summary>Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.</summary>
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

        if (MaxLongMessageBytes < 0)
        {
            yield return $"{path}:{nameof(MaxLongMessageBytes)} must not be negative.";
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
            (nameof(WriteTimeout), WriteTimeout),
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
