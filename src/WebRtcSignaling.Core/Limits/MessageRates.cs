namespace WebRtcSignaling.Limits;

/// <summary>The rates of <see cref="RateOptions"/> for one clock, shared by all who are held to them. Immutable.</summary>
public sealed class MessageRates
{
    /// <summary>Reads the rates; later changes to the options have no effect.</summary>
    /// <param name="options">The settings, which must be valid.</param>
    /// <param name="time">The clock.</param>
    public MessageRates(RateOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        Messages = new TokenRate(options.MessagesPerSecond, options.MessageBurst, time);
        Bytes = new TokenRate(options.BytesPerSecond, options.ByteBurst, time);
        Refusals = new TokenRate(1, options.MaxRefusals, time);
    }

    internal TimeProvider Time { get; }

    internal TokenRate Messages { get; }

    internal TokenRate Bytes { get; }

    internal TokenRate Refusals { get; }
}
