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
    /// How many boxes may be in use at once. A box is in use while it holds messages or a request waits at it; an id alone costs nothing.
    /// At least 1. Default: 10,000.
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
    /// How long all messages of one box may be in total, in bytes of UTF-8. At least <see cref="MaxMessageBytes"/>. Default: 1,048,576 (1
    /// MiB).
    /// </summary>
    public int MaxBoxBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How long all messages of all boxes may be in total, in bytes of UTF-8. At least <see cref="MaxBoxBytes"/>. Default: 67,108,864 (64
    /// MiB).
    /// </summary>
    public long MaxTotalBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// In how many boxes the first message may be one of the same address; a further one is refused with 429 until one of them has been emptied or has expired. Addresses are
    /// counted as in <see cref="Limits.AdmissionOptions"/>; where none is known, nothing is. At least 1. Default: 1,000.
    /// </summary>
    public int MaxBoxesPerAddress { get; set; } = 1_000;

    /// <summary>
    /// How long all messages of one address may be together, in bytes of UTF-8, with the same refusal. At least <see cref="MaxMessageBytes"/>. Default: 8,388,608 (8 MiB), an
    /// eighth of what all boxes hold.
    /// </summary>
    public long MaxBytesPerAddress { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// How long messages are kept while nobody puts another one into their box or takes them. From one second to 30 days. Default: 24
    /// minutes, the lifetime of a PHP session.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(24);

    /// <summary>How many requests may wait at one box at a time. At least 1. Default: 4.</summary>
    public int MaxWaitsPerBox { get; set; } = 4;

    /// <summary>
    /// The longest time for which a request may wait for a message; a longer time is cut to it. From zero (no request waits) to 30 days.
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

        if (MaxBoxesPerAddress < 1)
        {
            yield return $"{path}:MaxBoxesPerAddress must be at least 1.";
        }

        if (MaxBytesPerAddress < MaxMessageBytes)
        {
            yield return $"{path}:MaxBytesPerAddress must be at least MaxMessageBytes ({MaxMessageBytes}).";
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
