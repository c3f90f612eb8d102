namespace WebRtcSignaling.Draining;

/// <summary>Settings for sending clients away when the server stops. Configuration: <c>Signaling:Drain</c>.</summary>
/// <remarks>
/// Sessions go in waves, so that the server that takes them in does not get all of them at once: as many waves as <see cref="WaveSize"/> makes of them, but never
/// more than fit into <see cref="Timeout"/>. A server with up to <see cref="WaveSize"/> sessions has one wave, which goes at once.
/// </remarks>
public sealed class DrainOptions
{
    /// <summary>
    /// The longest time from the first wave to the last one. Default 10 s; 0 (all at once) to 10 min. In an app of ASP.NET Core, at most half of
    /// <c>HostOptions.ShutdownTimeout</c> counts, so that the last ones have time to close.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many sessions go in one wave, unless there would be too many waves. Default 100; at least 1.</summary>
    public int WaveSize { get; set; } = 100;

    /// <summary>The time between two waves. Default 250 ms; 10 ms to 1 min.</summary>
    public TimeSpan WaveInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long clients are asked to stay away: each hears a time of its own, between this and twice this. Default 5 s; 0 to 10 min.
    /// </summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the members of one room that the host drains may still use it, unless the host says otherwise. Default 30 s; 0 to 1 d.
    /// </summary>
    public TimeSpan RoomGrace { get; set; } = TimeSpan.FromSeconds(30);

    internal IEnumerable<string> Validate(string path)
    {
        if (WaveSize < 1)
        {
            yield return $"{path}:{nameof(WaveSize)} must be at least 1, not {WaveSize}.";
        }

        if (Timeout < TimeSpan.Zero || Timeout > TimeSpan.FromMinutes(10))
        {
            yield return $"{path}:{nameof(Timeout)} must be between 0 and 10 min.";
        }

        if (WaveInterval < TimeSpan.FromMilliseconds(10) || WaveInterval > TimeSpan.FromMinutes(1))
        {
            yield return $"{path}:{nameof(WaveInterval)} must be between 10 ms and 1 min.";
        }

        if (RetryAfter < TimeSpan.Zero || RetryAfter > TimeSpan.FromMinutes(10))
        {
            yield return $"{path}:{nameof(RetryAfter)} must be between 0 and 10 min.";
        }

        if (RoomGrace < TimeSpan.Zero || RoomGrace > TimeSpan.FromDays(1))
        {
            yield return $"{path}:{nameof(RoomGrace)} must be between 0 and 1 d.";
        }
    }
}
