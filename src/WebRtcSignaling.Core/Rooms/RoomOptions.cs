using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>Settings for rooms. Configuration: <c>Signaling:Rooms</c>.</summary>
public sealed class RoomOptions
{
    private const int MaxGuesses = 1_000_000;

    /// <summary>
    /// How many rooms one application may have, unless <see cref="Applications.ApplicationOptions.MaxRooms"/> says otherwise. Default 100,000.
    /// </summary>
    public int MaxRooms { get; set; } = 100_000;

    /// <summary>How many members a room may have. Default 1,000; also the capacity of a room that names none.</summary>
    public int MaxMembers { get; set; } = 1_000;

    /// <summary>How many rooms a room list shows. Default 100.</summary>
    public int MaxListed { get; set; } = 100;

    /// <summary>How many bans a room may hold. Default 1,000.</summary>
    public int MaxBans { get; set; } = 1_000;

    /// <summary>How many fields a room, and each of its members, may have. Default 128.</summary>
    public int MaxFields { get; set; } = 128;

    /// <summary>How many bytes the names and values of a room's fields, or of one member's fields, may have in total. Default 4,096.</summary>
    public int MaxFieldBytes { get; set; } = 4_096;

    /// <summary>The longest time for which a client may let a room stay open with nobody in it. Default 1 h; up to 10 years.</summary>
    public TimeSpan MaxEmptyTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What happens to a room when its owner leaves, unless its creator chose something else. Default <see cref="OwnerLeavesPolicy.HandOver"/>.</summary>
    public OwnerLeavesPolicy OwnerLeaves { get; set; }

    /// <summary>How many wrong passwords a session may try in a row; all sessions of one account count together. Default 5; up to 1,000,000.</summary>
    public int PasswordGuessesPerSession { get; set; } = 5;

    /// <summary>The time after which a session, or an account, may try one more. Default 10 s; up to 1 day.</summary>
    public TimeSpan PasswordGuessIntervalPerSession { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many wrong passwords all anonymous sessions from one address (<see cref="Limits.ClientNetwork"/>) may try in a row, so that nobody gets new guesses by
    /// connecting again. Default 20, because many people may share an address; up to 1,000,000.
    /// </summary>
    public int PasswordGuessesPerAddress { get; set; } = 20;

    /// <summary>The time after which an address may try one more. Default 10 s; up to 1 day.</summary>
    public TimeSpan PasswordGuessIntervalPerAddress { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many wrong passwords all sessions together may try in a row for one room. Default 30; up to 1,000,000.</summary>
    public int PasswordGuessesPerRoom { get; set; } = 30;

    /// <summary>The time after which a room accepts one more try. Default 2 s; up to 1 day.</summary>
    public TimeSpan PasswordGuessIntervalPerRoom { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What each role may do.</summary>
    public RolePermissions Permissions { get; set; } = new();

    internal FieldLimits FieldLimits => new(MaxFields, MaxFieldBytes);

    internal IEnumerable<string> Validate(string path)
    {
        (string Name, int Value)[] counts =
        [
            (nameof(MaxRooms), MaxRooms),
            (nameof(MaxMembers), MaxMembers),
            (nameof(MaxListed), MaxListed),
        ];
        foreach ((string name, int value) in counts.Where(count => count.Value < 1))
        {
            yield return $"{path}:{name} must be at least 1, not {value}.";
        }

        (string Name, int Value)[] guesses =
        [
            (nameof(PasswordGuessesPerSession), PasswordGuessesPerSession),
            (nameof(PasswordGuessesPerAddress), PasswordGuessesPerAddress),
            (nameof(PasswordGuessesPerRoom), PasswordGuessesPerRoom),
        ];
        foreach ((string name, int value) in guesses.Where(count => count.Value is < 1 or > MaxGuesses))
        {
            yield return $"{path}:{name} must be between 1 and {MaxGuesses}, not {value}.";
        }

        (string Name, TimeSpan Value)[] intervals =
        [
            (nameof(PasswordGuessIntervalPerSession), PasswordGuessIntervalPerSession),
            (nameof(PasswordGuessIntervalPerAddress), PasswordGuessIntervalPerAddress),
            (nameof(PasswordGuessIntervalPerRoom), PasswordGuessIntervalPerRoom),
        ];
        foreach ((string name, TimeSpan value) in intervals.Where(interval => interval.Value <= TimeSpan.Zero || interval.Value > TimeSpan.FromDays(1)))
        {
            yield return $"{path}:{name} must be longer than zero and at most 1 day, not {value}.";
        }

        if (MaxBans < 0)
        {
            yield return $"{path}:{nameof(MaxBans)} must not be negative.";
        }

        if (MaxFields < 0)
        {
            yield return $"{path}:{nameof(MaxFields)} must not be negative.";
        }

        if (MaxFieldBytes < 0)
        {
            yield return $"{path}:{nameof(MaxFieldBytes)} must not be negative.";
        }

        if (MaxEmptyTimeout < TimeSpan.Zero || MaxEmptyTimeout > TimeSpan.FromDays(3650))
        {
            yield return $"{path}:{nameof(MaxEmptyTimeout)} must be between zero and 10 years.";
        }

        if (!Enum.IsDefined(OwnerLeaves))
        {
            yield return $"{path}:{nameof(OwnerLeaves)} must be HandOver, Keep or Close.";
        }
    }
}
