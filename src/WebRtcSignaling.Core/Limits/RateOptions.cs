namespace WebRtcSignaling.Limits;

/// <summary>
/// How much a client may send over time: token buckets for messages and bytes. A message that exceeds them is dropped and refused with <c>rate-limited</c>, which says
/// when to try again; a client that does not slow down is closed.
/// </summary>
/// <remarks>
/// The defaults are enough for people: joining a room of fifty takes an offer or an answer and some thirty candidates for each of the others, which is about 1,500
/// messages and 3 MB at once. Programs that send more on purpose, such as load tests and gateways, need higher limits.
/// </remarks>
public sealed class RateOptions
{
    private const int MostMessages = 1_000_000_000;
    private const long MostBytes = 1_000_000_000_000;

    /// <summary>How many messages a second a client may send on average. Default 500; 1 to 1,000,000,000.</summary>
    public int MessagesPerSecond { get; set; } = 500;

    /// <summary>How many messages a client may send at once. Default 5,000; 1 to 1,000,000,000.</summary>
    public int MessageBurst { get; set; } = 5_000;

    /// <summary>How many bytes a second a client may send on average. Default 2,097,152 (2 MiB); 1,024 to 1,000,000,000,000.</summary>
    public long BytesPerSecond { get; set; } = 2 * 1024 * 1024;

    /// <summary>How many bytes a client may send at once. Default 16,777,216 (16 MiB); at least the longest message, at most 1,000,000,000,000.</summary>
    public long ByteBurst { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// How many messages may be refused before the client is closed with 4006; one more is allowed each second. Default 1,000, because a client may have sent many before
    /// it receives the first refusal; 0 to 1,000,000,000.
    /// </summary>
    public int MaxRefusals { get; set; } = 1_000;

    /// <summary>Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.</summary>
    /// <param name="path">What to put before the setting's name.</param>
    /// <param name="longestMessage">The longest message, in bytes: a burst must be at least that, or the message could never pass.</param>
    public IEnumerable<string> Validate(string path, int longestMessage)
    {
        if (MessagesPerSecond is < 1 or > MostMessages)
        {
            yield return $"{path}:{nameof(MessagesPerSecond)} must be between 1 and 1,000,000,000, not {MessagesPerSecond}.";
        }

        if (MessageBurst is < 1 or > MostMessages)
        {
            yield return $"{path}:{nameof(MessageBurst)} must be between 1 and 1,000,000,000, not {MessageBurst}.";
        }

        if (BytesPerSecond is < 1_024 or > MostBytes)
        {
            yield return $"{path}:{nameof(BytesPerSecond)} must be between 1,024 and 1,000,000,000,000, not {BytesPerSecond}.";
        }

        if (ByteBurst < longestMessage || ByteBurst > MostBytes)
        {
            yield return $"{path}:{nameof(ByteBurst)} must be between {longestMessage}, the longest message, and 1,000,000,000,000, not {ByteBurst}.";
        }

        if (MaxRefusals is < 0 or > MostMessages)
        {
            yield return $"{path}:{nameof(MaxRefusals)} must be between 0 and 1,000,000,000, not {MaxRefusals}.";
        }
    }
}
