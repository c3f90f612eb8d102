using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests;

public sealed class SignalingOptionsTests
{
    private static IEnumerable<TestCaseData> WrongSettings()
    {
        yield return Case("DefaultApplication", options => options.DefaultApplication = "");
        yield return Case("DefaultApplication", options => options.DefaultApplication = new('x', 65));
        yield return Case("MaxApplications", options => options.MaxApplications = 0);
        yield return Case("MaxApplications", options =>
        {
            options.MaxApplications = 1;
            options.Applications["other"] = new();
        });
        yield return Case("Applications:a\tb", options => options.Applications["a\tb"] = new());
        yield return Case("Sessions:MaxSessions", options => options.Sessions.MaxSessions = 0);
        yield return Case("Sessions:MaxRooms", options => options.Sessions.MaxRooms = 0);
        yield return Case("Sessions:MaxGroups", options => options.Sessions.MaxGroups = -1);
        yield return Case("Sessions:MaxFields", options => options.Sessions.MaxFields = -1);
        yield return Case("Sessions:MaxFieldBytes", options => options.Sessions.MaxFieldBytes = -1);
        yield return Case("Sessions:MaxReportBytes", options => options.Sessions.MaxReportBytes = -1);
        yield return Case("Sessions:MaxPayloadBytes", options => options.Sessions.MaxPayloadBytes = 0);
        yield return Case("Rooms:MaxRooms", options => options.Rooms.MaxRooms = 0);
        yield return Case("Rooms:MaxMembers", options => options.Rooms.MaxMembers = 0);
        yield return Case("Rooms:MaxListed", options => options.Rooms.MaxListed = 0);
        yield return Case("Rooms:MaxBans", options => options.Rooms.MaxBans = -1);
        yield return Case("Rooms:MaxFields", options => options.Rooms.MaxFields = -1);
        yield return Case("Rooms:MaxFieldBytes", options => options.Rooms.MaxFieldBytes = -1);
        yield return Case("Rooms:MaxEmptyTimeout", options => options.Rooms.MaxEmptyTimeout = TimeSpan.FromTicks(-1));
        yield return Case("Rooms:MaxEmptyTimeout", options => options.Rooms.MaxEmptyTimeout = TimeSpan.FromDays(3651));
        yield return Case("Rooms:OwnerLeaves", options => options.Rooms.OwnerLeaves = (OwnerLeavesPolicy)7);
        yield return Case("Rooms:PasswordGuessesPerSession", options => options.Rooms.PasswordGuessesPerSession = 0);
        yield return Case("Rooms:PasswordGuessesPerRoom", options => options.Rooms.PasswordGuessesPerRoom = 0);
        yield return Case("Rooms:PasswordGuessesPerSession", options => options.Rooms.PasswordGuessesPerSession = 1_000_001);
        yield return Case("Rooms:PasswordGuessesPerRoom", options => options.Rooms.PasswordGuessesPerRoom = 1_000_001);
        yield return Case("Rooms:PasswordGuessIntervalPerRoom", options => options.Rooms.PasswordGuessIntervalPerRoom = TimeSpan.FromDays(1.01));
        yield return Case("Rooms:PasswordGuessIntervalPerSession", options => options.Rooms.PasswordGuessIntervalPerSession = TimeSpan.MaxValue);
        yield return Case("Rooms:PasswordGuessIntervalPerSession", options => options.Rooms.PasswordGuessIntervalPerSession = TimeSpan.Zero);
        yield return Case("Rooms:PasswordGuessIntervalPerRoom", options => options.Rooms.PasswordGuessIntervalPerRoom = TimeSpan.Zero);
        yield return Case("Calls:RingTimeout", options => options.Calls.RingTimeout = TimeSpan.FromMilliseconds(999));
        yield return Case("Calls:RingTimeout", options => options.Calls.RingTimeout = TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(1));
        yield return Case("Calls:MaxCallsPerMember", options => options.Calls.MaxCallsPerMember = 0);
        yield return Case("Calls:MaxServerLedCallsPerRoom", options => options.Calls.MaxServerLedCallsPerRoom = -1);
        yield return Case("MessageBoxes:MaxBoxes", options => options.MessageBoxes.MaxBoxes = 0);
        yield return Case("Ice:", options => options.Ice.Servers.Add(new() { Urls = { "http://example.org" } }));
    }

    [TestCaseSource(nameof(WrongSettings))]
    public void A_wrong_setting_stops_the_start_and_is_named(string setting, Action<SignalingOptions> spoil)
    {
        var options = new SignalingOptions();
        spoil(options);
        Assert.That(options.Validate().Single(), Does.StartWith(setting));
        Assert.That(() => new SignalingServer(options), Throws.ArgumentException.With.Message.StartWith(setting));
    }

    [Test]
    public void Every_wrong_setting_is_named_at_once()
    {
        var options = new SignalingOptions { Sessions = { MaxRooms = 0 }, Rooms = { MaxBans = -1 } };
        Assert.That(
            () => new SignalingServer(options),
            Throws.ArgumentException.With.Message.Contains("Sessions:MaxRooms").And.Message.Contains("Rooms:MaxBans"));
    }

    [Test]
    public void The_smallest_settings_are_valid()
    {
        var options = new SignalingOptions
        {
            MaxApplications = 1,
            Sessions = { MaxSessions = 1, MaxRooms = 1, MaxGroups = 0, MaxFields = 0, MaxFieldBytes = 0, MaxReportBytes = 0, MaxPayloadBytes = 1 },
            Rooms =
            {
                MaxRooms = 1, MaxMembers = 1, MaxListed = 1, MaxBans = 0, MaxFields = 0, MaxFieldBytes = 0, MaxEmptyTimeout = TimeSpan.Zero,
                PasswordGuessesPerRoom = 1, PasswordGuessesPerSession = 1,
            },
            Calls = { RingTimeout = TimeSpan.FromSeconds(1), MaxCallsPerMember = 1, MaxServerLedCallsPerRoom = 0 },
        };
        Assert.That(options.Validate(), Is.Empty);
    }

    [Test]
    public void The_defaults_are_those_of_the_protocol()
    {
        var options = new SignalingOptions();
        Assert.Multiple(() =>
        {
            Assert.That(options.Validate(), Is.Empty);
            Assert.That(options.DefaultApplication, Is.EqualTo("default"));
            Assert.That((options.Sessions.MaxPayloadBytes, options.Sessions.MaxRooms, options.Sessions.MaxSessions), Is.EqualTo((65_536, 16, 100_000)));
            Assert.That((options.Sessions.MaxGroups, options.Sessions.MaxFieldBytes, options.Sessions.MaxReportBytes), Is.EqualTo((16, 4_096, 16_384)));
            Assert.That((options.Rooms.MaxMembers, options.Rooms.MaxRooms, options.Rooms.MaxBans), Is.EqualTo((1_000, 100_000, 1_000)));
            Assert.That(options.Rooms.OwnerLeaves, Is.EqualTo(OwnerLeavesPolicy.HandOver));
            Assert.That((options.Calls.MaxCallsPerMember, options.Calls.RingTimeout), Is.EqualTo((8, TimeSpan.FromSeconds(30))));
            Assert.That(
                (options.Rooms.PasswordGuessesPerSession, options.Rooms.PasswordGuessIntervalPerSession),
                Is.EqualTo((5, TimeSpan.FromSeconds(10))));
            Assert.That(
                (options.Rooms.PasswordGuessesPerRoom, options.Rooms.PasswordGuessIntervalPerRoom),
                Is.EqualTo((30, TimeSpan.FromSeconds(2))));
        });
    }

    private static TestCaseData Case(string setting, Action<SignalingOptions> spoil) => new TestCaseData(setting, spoil).SetArgDisplayNames(setting);
}
