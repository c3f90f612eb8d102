namespace WebRtcSignaling.Ice;

/// <summary>
/// The STUN and TURN servers that clients get: servers that are the same for everybody, and one TURN service with time-limited credentials
/// that are made for each client. By default there are none, which is enough for peers that reach each other directly. Can be bound from
/// configuration. Read once, when the server is made; not thread-safe.
/// </summary>
public sealed class IceOptions
{
    /// <summary>The shortest lifetime that leaves a client time to use its credentials.</summary>
    internal static readonly TimeSpan MinTurnCredentialLifetime = TimeSpan.FromMinutes(1);

    /// <summary>The longest lifetime: beyond it, credentials that a user has seen are as good as permanent.</summary>
    internal static readonly TimeSpan MaxTurnCredentialLifetime = TimeSpan.FromDays(30);

    /// <summary>The servers that are the same for everybody, in the order in which clients get them. Default: none.</summary>
    public IList<IceServerOptions> Servers { get; } = [];

    /// <summary>
    /// The addresses (<c>turn:</c> or <c>turns:</c>, RFC 7065) of the TURN service that shares <see cref="TurnSharedSecret"/> with this
    /// server. Clients get it after <see cref="Servers"/>, with time-limited credentials. Default: none.
    /// </summary>
    public IList<string> TurnUrls { get; } = [];

    /// <summary>
    /// The secret shared with the TURN service, in UTF-8 (coturn's <c>use-auth-secret</c> with <c>static-auth-secret</c>). It is never sent
    /// to a client and never logged. Required if <see cref="TurnUrls"/> is set, and not allowed otherwise. Default: <see langword="null"/>.
    /// </summary>
    public string? TurnSharedSecret { get; set; }

    /// <summary>
    /// How long time-limited TURN credentials are valid after a client got them: from one minute to 30 days. A client that starts a call (or
    /// restarts ICE) later has to ask for new ones first. Default: 12 hours, so that a page that asked once when it was opened still works at
    /// the end of a long day, while credentials that were passed on to others are worthless on the next day.
    /// </summary>
    public TimeSpan TurnCredentialLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Says what is wrong with these settings. Each sentence begins with the setting's name in the form of configuration; none shows a value.
    /// </summary>
    internal IEnumerable<string> Validate(string path)
    {
        for (int i = 0; i < Servers.Count; i++)
        {
            foreach (string message in Servers[i]?.Validate($"{path}:Servers:{i}") ?? [$"{path}:Servers:{i} is null."])
            {
                yield return message;
            }
        }

        for (int i = 0; i < TurnUrls.Count; i++)
        {
            if (IceServerUri.FindFault(TurnUrls[i]) is { } fault)
            {
                yield return $"{path}:TurnUrls:{i} {fault}";
            }
            else if (!IceServerUri.IsTurn(TurnUrls[i]))
            {
                yield return $"{path}:TurnUrls:{i} is a STUN address, which takes no credentials; put it into {path}:Servers.";
            }
        }

        if (TurnUrls.Count > 0 && string.IsNullOrEmpty(TurnSharedSecret))
        {
            yield return $"{path}:TurnSharedSecret is empty, but {path}:TurnUrls needs it.";
        }

        if (TurnUrls.Count == 0 && !string.IsNullOrEmpty(TurnSharedSecret))
        {
            yield return $"{path}:TurnUrls is empty, but {path}:TurnSharedSecret is set.";
        }

        if (TurnCredentialLifetime < MinTurnCredentialLifetime || TurnCredentialLifetime > MaxTurnCredentialLifetime)
        {
            yield return $"{path}:TurnCredentialLifetime must be from {MinTurnCredentialLifetime} to {MaxTurnCredentialLifetime}.";
        }
    }
}
