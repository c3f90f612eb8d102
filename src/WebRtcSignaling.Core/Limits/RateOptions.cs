namespace WebRtcSignaling.Limits;

/// <summary>
/// How much a client may send over time: token buckets for messages and bytes. Past them a message is dropped and refused with <c>rate-limited</c>, which says when to
/// go on; a client that sends on regardless is closed.
/// </summary>
/// <remarks>
/// The defaults leave room for whatever people do: to join a room of fifty is an offer or an answer and some thirty candidates for each of the others, so about 1,500
/// messages and 3 MB at once. Programs that send more on purpose, such as load tests and gateways, need more.
/// </remarks>
public sealed class RateOptions
{
    private const int MostMessages = 1_000_000_000;
    private const long MostBytes = 1_000_000_000_000;

    /// <summary>How many messages a second may come for long. Default 500; 1 to 1,000,000,000.</summary>
    public int MessagesPerSecond { get; set; } = 500;

    /// <summary>How many messages may come at once. Default 5,000; 1 to 1,000,000,000.</summary>
    public int MessageBurst { get; set; } = 5_000;

    /// <summary>How many bytes a second may come for long. Default 2,097,152 (2 MiB); 1,024 to 1,000,000,000,000.</summary>
    public long BytesPerSecond { get; set; } = 2 * 1024 * 1024;

    /// <summary>How many bytes may come at once. Default 16,777,216 (16 MiB); at least the longest message, at most
    /// 1,000,000,000,000.</summary>
    public long ByteBurst { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// How many messages may be refused before the client is closed with 4006; one more each second. Default 1,000, since a client may have sent many before it hears of the
    /// first refusal; 0 to 1,000,000,000.
    /// </summary>
    public int MaxRefusals { get; set; } = 1_000;

    /// <summary>What is wrong with these settings, a sentence each that names the setting; empty if nothing is.</summary>
    /// <param name="path">What to put before the setting's name.</param>
    /// <param name="longestMessage">How many bytes one message may have: a burst must hold it, or it could never pass.</param>
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
