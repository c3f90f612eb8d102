namespace WebRtcSignaling.MessageBoxes;

/// <summary>
/// The limits of the message boxes. Can be bound from configuration. Read once, when the server is made; not thread-safe.
/// </summary>
/// <remarks>Beside the bytes counted here, a message costs about 60 bytes of memory, a box about 400 and a wait about 1,000.</remarks>
public sealed class MessageBoxOptions
{
    /// <summary>A timer cannot wait much longer, and a box is no archive.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(30);

    /// <summary>
    /// How many boxes may be in use at a time, which means that they hold messages or that somebody waits at them. An id alone costs
    /// nothing. At least 1. Default: 10,000.
    /// </summary>
    public int MaxBoxes { get; set; } = 10_000;

    /// <summary>
    /// How many messages one box may hold. At least 1. Default: 256, enough for an offer or answer with all of its candidates.
    /// </summary>
    public int MaxMessagesPerBox { get; set; } = 256;

    /// <summary>
    /// How long one message may be, in bytes of UTF-8. At least 1. Default: 65,536 (64 KiB), a large session description.
    /// </summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// How long all messages of one box may be together, in bytes of UTF-8. At least <see cref="MaxMessageBytes"/>. Default:
    /// 1,048,576 (1 MiB).
    /// </summary>
    public int MaxBoxBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How long all messages of all boxes may be together, in bytes of UTF-8. At least <see cref="MaxBoxBytes"/>. Default:
    /// 67,108,864 (64 MiB).
    /// </summary>
    public long MaxTotalBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How long messages stay when nobody puts another into their box or takes them. From one second to 30 days. Default: 24 minutes, after
    /// which PHP forgets a session.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(24);

    /// <summary>How many requests may wait at one box at a time. At least 1. Default: 4.</summary>
    public int MaxWaitsPerBox { get; set; } = 4;

    /// <summary>
    /// The longest time for which a request waits for a message; a longer one is cut to it. From zero, by which nobody waits, to 30 days.
    /// Default: 30 seconds, which HTTP proxies tolerate.
    /// </summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Says what is wrong with these settings, each sentence beginning with the name of the setting.</summary>
    internal IEnumerable<string> Validate(string path)
    {
        if (MaxBoxes < 1)
        {
            yield return $"{path}:MaxBoxes must be at least 1.";
        }

        if (MaxMessagesPerBox < 1)
        {
            yield return $"{path}:MaxMessagesPerBox must be at least 1.";
        }

        if (MaxMessageBytes < 1)
        {
            yield return $"{path}:MaxMessageBytes must be at least 1.";
        }

        if (MaxBoxBytes < MaxMessageBytes)
        {
            yield return $"{path}:MaxBoxBytes must be at least MaxMessageBytes ({MaxMessageBytes}).";
        }

        if (MaxTotalBytes < MaxBoxBytes)
        {
            yield return $"{path}:MaxTotalBytes must be at least MaxBoxBytes ({MaxBoxBytes}).";
        }

        if (IdleTimeout < TimeSpan.FromSeconds(1) || IdleTimeout > LongestTime)
        {
            yield return $"{path}:IdleTimeout must be from {TimeSpan.FromSeconds(1)} to {LongestTime}.";
        }

        if (MaxWaitsPerBox < 1)
        {
            yield return $"{path}:MaxWaitsPerBox must be at least 1.";
        }

        if (MaxWait < TimeSpan.Zero || MaxWait > LongestTime)
        {
            yield return $"{path}:MaxWait must be from {TimeSpan.Zero} to {LongestTime}.";
        }
    }

    internal MessageBoxOptions Copy() => (MessageBoxOptions)MemberwiseClone();
}
