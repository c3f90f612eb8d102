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
    private const int MostFailures = 1_000_000;
    private const int MostTracked = 16_777_216;

    /// <summary>
    /// How many connections one address may have, over all wires together; further ones are refused with 429. Default 1,000, since a school or a mobile network may be
    /// behind one; at least 1.
    /// </summary>
    public int MaxConnectionsPerAddress { get; set; } = 1_000;

    /// <summary>
    /// How often one address may fail in a row to prove who it is: wrong tickets, ids claimed with a wrong secret, sessions that the host app refuses. Then nobody is asked
    /// any more for a while, and the refusal is <c>too-many-attempts</c>, or 429. Default 20; 1 to 1,000,000.
    /// </summary>
    public int FailuresPerAddress { get; set; } = 20;

    /// <summary>After how long an address may fail once more. Default 5 s; up to 1 day.</summary>
    public TimeSpan FailureIntervalPerAddress { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Of how many addresses and accounts failures are remembered at once; beyond, those are forgotten who have least to remember. Default 8,192, which takes 600 kB once
    /// somebody fails; 8 to 16,777,216, rounded up to a power of two.
    /// </summary>
    public int MaxTracked { get; set; } = 8_192;

    internal IEnumerable<string> Validate(string path)
    {
        if (MaxConnectionsPerAddress < 1)
        {
            yield return $"{path}:{nameof(MaxConnectionsPerAddress)} must be at least 1, not {MaxConnectionsPerAddress}.";
        }

        if (FailuresPerAddress is < 1 or > MostFailures)
        {
            yield return $"{path}:{nameof(FailuresPerAddress)} must be between 1 and 1,000,000, not {FailuresPerAddress}.";
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
