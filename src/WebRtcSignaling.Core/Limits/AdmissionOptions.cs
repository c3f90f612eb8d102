namespace WebRtcSignaling.Limits;

/// <summary>
/// Who is let in, and how often one may fail at it. Configuration: <c>Signaling:Admission</c>. What is counted by address is counted by <see cref="ClientNetwork"/>.
/// </summary>
/// <remarks>
/// Behind a proxy all clients seem to come from its address, and share what one address may have, until the app uses the forwarded headers of ASP.NET Core
/// (<c>UseForwardedHeaders</c>). No header is read here.
/// </remarks>
public sealed class AdmissionOptions
{
    private const int Most = 1_000_000;
    private const int MostTracked = 16_777_216;

    /// <summary>
    /// How many connections one address may have, over all wires together; further ones are refused with 429. Default 1,000, since a school or a mobile network may be
    /// behind one; at least 1.
    /// </summary>
    public int MaxConnectionsPerAddress { get; set; } = 1_000;

    /// <summary>
    /// How many sessions of one address may be suspended at once; a further one ends with its connection, as if it could not be resumed. Without this, whoever connects and
    /// goes away often enough would fill the server with sessions that wait for nobody. Default 1,000; at least 0.
    /// </summary>
    public int MaxSuspendedPerAddress { get; set; } = 1_000;

    /// <summary>
    /// How many rooms that sessions of one address have created may exist at once; a further one is refused with <c>limit-exceeded</c>. Without this, whoever connects often
    /// enough would fill an application with empty rooms. Rooms of the host app are not counted. Default 1,000; at least 1.
    /// </summary>
    public int MaxRoomsPerAddress { get; set; } = 1_000;

    /// <summary>
    /// How often one address may fail in a row to prove who it is: wrong tickets, ids claimed with a wrong secret, sessions that the host app refuses. Then nobody is asked
    /// any more for a while, and the refusal is <c>too-many-attempts</c>, or 429. Default 20; 1 to 1,000,000.
    /// </summary>
    public int FailuresPerAddress { get; set; } = 20;

    /// <summary>After how long an address may fail once more. Default 5 s; up to 1 day.</summary>
    public TimeSpan FailureIntervalPerAddress { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many requests to message boxes one address may send a second for long; further ones are refused with 429 and <c>rate-limited</c>. Default 200; 1 to 1,000,000.
    /// </summary>
    public int RequestsPerSecondPerAddress { get; set; } = 200;

    /// <summary>How many such requests may come at once. Default 2,000; 1 to 1,000,000.</summary>
    public int RequestBurstPerAddress { get; set; } = 2_000;

    /// <summary>
    /// Of how many addresses and accounts failures (and requests) are remembered at once; beyond, those are forgotten who have least to be remembered. Default 8,192, which takes
    /// half a megabyte for each kind once there is something to remember; 8 to 16,777,216, rounded up to a power of two.
    /// </summary>
    public int MaxTracked { get; set; } = 8_192;

    internal IEnumerable<string> Validate(string path)
    {
        if (MaxConnectionsPerAddress < 1)
        {
            yield return $"{path}:{nameof(MaxConnectionsPerAddress)} must be at least 1, not {MaxConnectionsPerAddress}.";
        }

        if (MaxRoomsPerAddress < 1)
        {
            yield return $"{path}:{nameof(MaxRoomsPerAddress)} must be at least 1, not {MaxRoomsPerAddress}.";
        }

        if (MaxSuspendedPerAddress < 0)
        {
            yield return $"{path}:{nameof(MaxSuspendedPerAddress)} must not be negative.";
        }

        (string Name, int Value)[] counts =
        [
            (nameof(FailuresPerAddress), FailuresPerAddress),
            (nameof(RequestsPerSecondPerAddress), RequestsPerSecondPerAddress),
            (nameof(RequestBurstPerAddress), RequestBurstPerAddress),
        ];
        foreach ((string name, int value) in counts.Where(static count => count.Value is < 1 or > Most))
        {
            yield return $"{path}:{name} must be between 1 and 1,000,000, not {value}.";
        }

        if (FailureIntervalPerAddress <= TimeSpan.Zero || FailureIntervalPerAddress > TimeSpan.FromDays(1))
        {
            yield return $"{path}:{nameof(FailureIntervalPerAddress)} must be longer than zero and at most 1 day, not {FailureIntervalPerAddress}.";
        }

        if (MaxTracked is < 8 or > MostTracked)
        {
            yield return $"{path}:{nameof(MaxTracked)} must be between 8 and 16,777,216, not {MaxTracked}.";
        }
    }
}
