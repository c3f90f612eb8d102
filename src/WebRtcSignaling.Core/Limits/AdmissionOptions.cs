namespace WebRtcSignaling.Limits;

/// <summary>Limits for each address, and for failed authentications. Configuration: <c>Signaling:Admission</c>. An address means a <see cref="ClientNetwork"/>.</summary>
/// <remarks>
/// Behind a proxy all clients seem to come from the proxy's address and share its limits, unless the app uses the forwarded headers of ASP.NET Core
/// (<c>UseForwardedHeaders</c>). No header is read here.
/// </remarks>
public sealed class AdmissionOptions
{
    private const int Most = 1_000_000;
    private const int MostTracked = 16_777_216;

    /// <summary>
    /// How many connections one address may have, over all transports together; further ones are refused with 429. Default 1,000, because a school or a mobile network
    /// may share one; at least 1.
    /// </summary>
    public int MaxConnectionsPerAddress { get; set; } = 1_000;

    /// <summary>
    /// How many sessions of one address may be suspended at once; a further one ends with its connection. Without this limit, a client that connects and disappears often
    /// enough could fill the server with suspended sessions. Default 1,000; at least 0.
    /// </summary>
    public int MaxSuspendedPerAddress { get; set; } = 1_000;

    /// <summary>
    /// How many rooms that were created from one address may exist at once; a further one is refused with <c>limit-exceeded</c>. Without this limit, a client that
    /// connects often enough could fill an application with empty rooms. Rooms of the host app are not counted. Default 1,000; at least 1.
    /// </summary>
    public int MaxRoomsPerAddress { get; set; } = 1_000;

    /// <summary>
    /// How many authentications of one address may fail in a row: wrong tickets, ids claimed with a wrong secret, sessions that the host app refuses. After that, further
    /// attempts are refused for a while without being checked, with <c>too-many-attempts</c> or 429. Default 20; 1 to 1,000,000.
    /// </summary>
    public int FailuresPerAddress { get; set; } = 20;

    /// <summary>The time after which an address gets one more attempt. Default 5 s; up to 1 day.</summary>
    public TimeSpan FailureIntervalPerAddress { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many requests to message boxes one address may send a second on average; further ones are refused with 429 and <c>rate-limited</c>. Default 200; 1 to
    /// 1,000,000.
    /// </summary>
    public int RequestsPerSecondPerAddress { get; set; } = 200;

    /// <summary>How many such requests may come at once. Default 2,000; 1 to 1,000,000.</summary>
    public int RequestBurstPerAddress { get; set; } = 2_000;

    /// <summary>
    /// How many passwords of rooms are hashed or checked a second, for long, for all sessions of one address together; a further one is refused with <c>rate-limited</c>. Each
    /// takes milliseconds of a core, also where it is right. Default 20; 1 to 1,000,000.
    /// </summary>
    public int PasswordHashesPerSecondPerAddress { get; set; } = 20;

    /// <summary>How many of them may come at once. Default 200; 1 to 1,000,000.</summary>
    public int PasswordHashBurstPerAddress { get; set; } = 200;

    /// <summary>
    /// How many addresses and accounts the server keeps failure, request and password counts for. When the table is full, the entry that is nearest to being forgiven is dropped.
    /// Default 8,192, which takes half a megabyte for each kind once there is something to remember; 8 to 16,777,216, rounded up to a power of two.
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
            (nameof(PasswordHashesPerSecondPerAddress), PasswordHashesPerSecondPerAddress),
            (nameof(PasswordHashBurstPerAddress), PasswordHashBurstPerAddress),
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
