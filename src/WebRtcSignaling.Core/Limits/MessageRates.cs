namespace WebRtcSignaling.Limits;

/// <summary>
/// The rates of <see cref="RateOptions"/> in the ticks of one clock. One object serves all connections or sessions. Immutable.
/// </summary>
public sealed class MessageRates
{
    private readonly TokenRate _messages;
    private readonly TokenRate _bytes;
    private readonly TokenRate _refusals;

    /// <summary>Reads the rates; later changes to the options have no effect.</summary>
    /// <param name="options">The settings, which must be valid.</param>
    /// <param name="time">The clock.</param>
    public MessageRates(RateOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        _messages = new TokenRate(options.MessagesPerSecond, options.MessageBurst, time);
        _bytes = new TokenRate(options.BytesPerSecond, options.ByteBurst, time);
        _refusals = new TokenRate(1, options.MaxRefusals, time);
    }

    internal TimeProvider Time { get; }

    internal ref readonly TokenRate Messages => ref _messages;

    internal ref readonly TokenRate Bytes => ref _bytes;

    internal ref readonly TokenRate Refusals => ref _refusals;
}
