using WebRtcSignaling.Rooms;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Where a sequence plays: few names and narrow limits, so that everything meets everything.</summary>
internal sealed record World(bool UsesPasswords, bool AllowsDirect, bool AllowsGroups, RoomPermissions Member, RoomPermissions Moderator)
{
    public const int MaxSessions = 4;
    public const int MaxRoomsPerSession = 2;
    public const int MaxRooms = 2;
    public const int MaxMembers = 4;
    public const int MaxBans = 2;
    public const int MaxFields = 2;
    public const int MaxFieldBytes = 8;
    public const int MaxGroups = 1;
    public const int MaxPayloadBytes = 16;
    public const int MaxCalls = 2;
    public const int MaxServerLedCalls = 4;
    public const int GuessesPerSession = 2;
    public const int GuessesPerRoom = 3;

    public static readonly TimeSpan MaxEmptyTimeout = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan RingTimeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan GuessInterval = TimeSpan.FromSeconds(10);

    /// <summary>The ids that sessions claim, again and again.</summary>
    public static readonly string[] Names = ["ann", "ben", "cat", "dan", "eve"];

    /// <summary>The usernames of those; two share one.</summary>
    public static readonly string?[] Usernames = ["Ann", "Ben", "CAT", "cat", null];

    /// <summary>The accounts of those; two share one.</summary>
    public static readonly string?[] Accounts = ["1", null, null, "1", null];

    public static readonly string[] Rooms = ["tea", "milk", "sugar"];

    public static readonly string[] Groups = ["day", "night"];

    public static World Of(int seed)
    {
        var random = new Random(seed);
        RoomPermissions Without(RoomPermissions all) =>
            random.Next(3) == 0 ? all & ~(RoomPermissions)(1 << random.Next(11)) : all;
        return new(
            UsesPasswords: random.Next(40) == 0,
            AllowsDirect: random.Next(3) == 0,
            AllowsGroups: random.Next(2) == 0,
            Without(random.Next(4) == 0 ? RoomPermissions.All : RoomPermissions.DefaultMember),
            Without(random.Next(4) == 0 ? RoomPermissions.All : RoomPermissions.DefaultModerator));
    }

    public SignalingOptions Options() => new()
    {
        Sessions =
        {
            MaxSessions = MaxSessions, MaxRooms = MaxRoomsPerSession, MaxGroups = MaxGroups, MaxFields = MaxFields, MaxFieldBytes = MaxFieldBytes,
            MaxPayloadBytes = MaxPayloadBytes, Rates = Floods.Rates, JoinBurst = 1_000_000,
        },
        Rooms =
        {
            MaxRooms = MaxRooms, MaxMembers = MaxMembers, MaxBans = MaxBans, MaxFields = MaxFields, MaxFieldBytes = MaxFieldBytes, MaxEmptyTimeout = MaxEmptyTimeout,
            PasswordGuessesPerSession = GuessesPerSession, PasswordGuessIntervalPerSession = GuessInterval,
            PasswordGuessesPerRoom = GuessesPerRoom, PasswordGuessIntervalPerRoom = GuessInterval,
            Permissions = new() { Member = Member, Moderator = Moderator },
        },
        Calls = { RingTimeout = RingTimeout, MaxCallsPerMember = MaxCalls, MaxServerLedCallsPerRoom = MaxServerLedCalls },
        Applications =
        {
            ["default"] = new() { AllowDirectSignals = AllowsDirect, AllowDirectMessages = AllowsDirect, AllowClientGroups = AllowsGroups },
        },
    };
}
