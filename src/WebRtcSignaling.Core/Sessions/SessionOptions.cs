using WebRtcSignaling.Limits;

namespace WebRtcSignaling.Sessions;

/// <summary>Settings for sessions. Configuration: <c>Signaling:Sessions</c>.</summary>
public sealed class SessionOptions
{
    private const int MostJoins = 1_000_000;

    /// <summary>How many sessions the server holds; further ones are refused. Default 100,000.</summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>
    /// How many sessions one account (<see cref="AccountIdentity"/>) may have in an application; <see cref="WhenUserIsFull"/> says what happens to one more. Anonymous
    /// sessions are not counted. Default 100; at least 1.
    /// </summary>
    public int MaxPerUser { get; set; } = 100;

    /// <summary>What happens when an account wants one session more than it may have. Default <see cref="UserLimitPolicy.Reject"/>.</summary>
    public UserLimitPolicy WhenUserIsFull { get; set; }

    /// <summary>
    /// How much a session may send over time, over all its connections: resuming a session does not refill it. Configuration: <c>Signaling:Sessions:Rates</c>.
    /// </summary>
    public RateOptions Rates { get; set; } = new();

    /// <summary>How many rooms a session may join or create in a row before it is refused with <c>rate-limited</c>. Default 60; 1 to 1,000,000.</summary>
    public int JoinBurst { get; set; } = 60;

    /// <summary>The time after which a session may join or create one more. Default 1 s; up to 1 day.</summary>
    public TimeSpan JoinInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many rooms a session may be in. Default 16.</summary>
    public int MaxRooms { get; set; } = 16;

    /// <summary>How many groups a session may be in. Default 16.</summary>
    public int MaxGroups { get; set; } = 16;

    /// <summary>How many fields a session may have, and how many names its client may report to the host app. Default 128.</summary>
    public int MaxFields { get; set; } = 128;

    /// <summary>How many bytes the names and values of a session's fields may have in total. Default 4,096.</summary>
    public int MaxFieldBytes { get; set; } = 4_096;

    /// <summary>How many bytes the names and values that a client reports to the host app may have in total. Default 16,384.</summary>
    public int MaxReportBytes { get; set; } = 16_384;

    /// <summary>How many bytes a signal or a message may have. Default 65,536; transports may allow less.</summary>
    public int MaxPayloadBytes { get; set; } = 65_536;

    /// <summary>
    /// Whether a session ends, with <see cref="SessionCloseReason.AuthenticationExpired"/>, when its authentication expires
    /// (<see cref="SignalingSession.AuthenticationExpiresAt"/>) and it has not authenticated again. If not, the client is only told the time. Default on. An
    /// authentication without a time does not expire.
    /// </summary>
    public bool CloseOnExpiry { get; set; } = true;

    /// <summary>
    /// How long a session is kept after its connection was lost, so that its client can resume it. Zero: a session ends with its connection, and nothing is kept.
    /// Default 30 s, at most 1 h. Suspended sessions count as sessions.
    /// </summary>
    public TimeSpan ResumeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal FieldLimits FieldLimits => new(MaxFields, MaxFieldBytes);

    internal FieldLimits ReportLimits => new(MaxFields, MaxReportBytes);

    internal IEnumerable<string> Validate(string path)
    {
        (string Name, int Value)[] counts =
        [
            (nameof(MaxSessions), MaxSessions),
            (nameof(MaxRooms), MaxRooms),
            (nameof(MaxPayloadBytes), MaxPayloadBytes),
            (nameof(MaxPerUser), MaxPerUser),
        ];
        foreach ((string name, int value) in counts.Where(count => count.Value < 1))
        {
            yield return $"{path}:{name} must be at least 1, not {value}.";
        }

        if (!Enum.IsDefined(WhenUserIsFull))
        {
            yield return $"{path}:{nameof(WhenUserIsFull)} must be Reject or Replace.";
        }

        if (JoinBurst is < 1 or > MostJoins)
        {
            yield return $"{path}:{nameof(JoinBurst)} must be between 1 and 1,000,000, not {JoinBurst}.";
        }

        if (JoinInterval <= TimeSpan.Zero || JoinInterval > TimeSpan.FromDays(1))
        {
            yield return $"{path}:{nameof(JoinInterval)} must be longer than zero and at most 1 day, not {JoinInterval}.";
        }

        foreach (string problem in Rates.Validate($"{path}:{nameof(Rates)}", MaxPayloadBytes))
        {
            yield return problem;
        }

        if (ResumeTimeout < TimeSpan.Zero || ResumeTimeout > TimeSpan.FromHours(1))
        {
            yield return $"{path}:{nameof(ResumeTimeout)} must be between 0 and 1 h.";
        }

        if (MaxGroups < 0)
        {
            yield return $"{path}:{nameof(MaxGroups)} must not be negative.";
        }

        if (MaxFields < 0)
        {
            yield return $"{path}:{nameof(MaxFields)} must not be negative.";
        }

        if (MaxFieldBytes < 0)
        {
            yield return $"{path}:{nameof(MaxFieldBytes)} must not be negative.";
        }

        if (MaxReportBytes < 0)
        {
            yield return $"{path}:{nameof(MaxReportBytes)} must not be negative.";
        }
    }
}
