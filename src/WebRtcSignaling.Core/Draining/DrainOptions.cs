namespace WebRtcSignaling.Draining;

/// <summary>Settings for disconnecting clients when the server stops (graceful shutdown). Configuration: <c>Signaling:Drain</c>.</summary>
/// <remarks>
/// Sessions are ended in waves, so that they do not all reconnect to another server at once. A wave has <see cref="WaveSize"/> sessions, or more if the waves
/// would not fit into <see cref="Timeout"/> otherwise. A server with up to <see cref="WaveSize"/> sessions ends them in a single wave, at once.
/// </remarks>
public sealed class DrainOptions
{
    /// <summary>
    /// The longest time from the first wave to the last one. Default 10 s; 0 (all at once) to 10 min. In an app of ASP.NET Core, it is never more than half
    /// of <c>HostOptions.ShutdownTimeout</c>, so that the last clients have time to close.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many sessions end in one wave, unless there would be too many waves. Default 100; at least 1.</summary>
    public int WaveSize { get; set; } = 100;

    /// <summary>The time between two waves. Default 250 ms; 10 ms to 1 min.</summary>
    public TimeSpan WaveInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long clients are asked to wait before they reconnect: each gets a time of its own, between this and twice this. Default 5 s; 0 to 10 min.
    /// </summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a room that the host drains stays open for its members, unless the host says otherwise. Default 30 s; 0 to 1 d.</summary>
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
