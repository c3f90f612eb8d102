namespace WebRtcSignaling.Signals;

/// <summary>
/// Whether direct signals wait for a session that is not connected yet, and how many may wait. Only applies if
/// <see cref="Applications.ApplicationOptions.AllowDirectSignals"/> is on. Configuration: <c>Signaling:Applications:{name}:WaitingSignals</c>.
/// </summary>
public sealed class WaitingSignalOptions
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    /// <summary>
    /// How long signals from one session to one id wait for a session with that id, counted from the first of them. Then they are dropped, and the
    /// sender receives <see cref="Events.SignalingEvent.SignalExpired"/>. From 1 ms to 1 h; default zero: nothing waits, and such a signal is refused
    /// with <c>target-not-found</c>.
    /// </summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>How many signals may wait for one id. At least 1. Default 256.</summary>
    public int MaxPerTarget { get; set; } = 256;

    /// <summary>How many signals of one sender may wait, for all ids together. At least 1. Default 1,024.</summary>
    public int MaxPerSender { get; set; } = 1_024;

    /// <summary>How many bytes the waiting payloads of one sender may have in total. At least 1. Default 1,048,576 (1 MiB).</summary>
    public int MaxBytesPerSender { get; set; } = 1024 * 1024;

    /// <summary>How many signals may wait in the application. At least 1. Default 10,000.</summary>
    public int MaxSignals { get; set; } = 10_000;

    /// <summary>How many bytes all waiting payloads of the application may have in total. At least 1. Default 16,777,216 (16 MiB).</summary>
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;

    internal IEnumerable<string> Validate(string path)
    {
        if (Timeout < TimeSpan.Zero || (Timeout > TimeSpan.Zero && Timeout < TimeSpan.FromMilliseconds(1)) || Timeout > LongestTime)
        {
            yield return $"{path}:{nameof(Timeout)} must be zero, or between 1 ms and 1 h.";
        }

        (string Name, int Value)[] counts =
        [
            (nameof(MaxPerTarget), MaxPerTarget),
            (nameof(MaxPerSender), MaxPerSender),
            (nameof(MaxBytesPerSender), MaxBytesPerSender),
            (nameof(MaxSignals), MaxSignals),
            (nameof(MaxBytes), MaxBytes),
        ];
        foreach ((string name, int value) in counts.Where(static count => count.Value < 1))
        {
            yield return $"{path}:{name} must be at least 1, not {value}.";
        }
    }
}
