using System.Globalization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Invariants;

/// <summary>Whatever a peer can make grow stops growing at its limit, with an answer that says so, and the limit is that of the options.</summary>
internal sealed class Invariant4BoundedTests
{
    private const int Tries = 50;

    private static readonly RoomId Tea = RoomId.Parse("tea");

    private static IEnumerable<TestCaseData> Growths()
    {
        static TestCaseData Case(string what, int limit, Func<Meeting, Peer, Peer, int, Task<SignalingError?>> grow) =>
            new TestCaseData(limit, grow).SetArgDisplayNames(what);

        yield return Case("rooms of a session", 4, async (_, ann, _, i) => (await ann.Session.Rooms.CreateAsync(Named(i))).Error);
        yield return Case("rooms of an application", 9, (meeting, _, _, i) => Task.FromResult(meeting.Server.Default.CreateRoom(Named(i)).Error));
        yield return Case("groups of a session", 6, async (_, ann, _, i) => (await ann.Session.Groups.JoinAsync($"g{i}")).Error);
        yield return Case("bans of a room", 7, async (_, ann, _, i) => (await ann.Session.Rooms.BanAsync(Tea, new() { Username = $"u{i}" })).Error);
        yield return Case("calls of a member", 8, async (_, ann, ben, _) => (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Error);
        yield return Case("bytes of a room's fields", 9, async (_, ann, _, i) => (await ann.Session.Rooms.SetFieldsAsync(Tea, TenBytes(i))).Error);
        yield return Case(
            "bytes of a member's fields", 9, async (_, ann, _, i) => (await ann.Session.Rooms.SetMemberFieldsAsync(Tea, TenBytes(i))).Error);
        yield return Case("bytes of a session's fields", 11, async (_, ann, _, i) => (await ann.Session.SetFieldsAsync(TenBytes(i))).Error);
        yield return Case("sessions", 10, async (meeting, _, _, _) => (await meeting.TryConnectAsync(new Peer())).Error);
        yield return Case("applications", 3, async (meeting, _, _, i) => (await meeting.TryConnectAsync(new Peer(), application: $"a{i}")).Error);
    }

    [TestCaseSource(nameof(Growths))]
    public async Task It_grows_to_its_limit_and_no_further(int limit, Func<Meeting, Peer, Peer, int, Task<SignalingError?>> grow)
    {
        using var meeting = new Meeting(new()
        {
            MaxApplications = 4,
            AutoCreateApplications = true,
            Sessions = { MaxSessions = 12, MaxRooms = 5, MaxGroups = 6, MaxFieldBytes = 110 },
            Rooms = { MaxRooms = 10, MaxBans = 7, MaxFieldBytes = 90 },
            Calls = { MaxCallsPerMember = 8 },
            Applications = { ["default"] = new() { AllowClientGroups = true } },
        });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        var answers = new List<string?>();
        for (int i = 0; i < Tries; i++)
        {
            answers.Add((await grow(meeting, ann, ben, i))?.Code);
        }

        Assert.That(answers.Take(limit), Is.All.Null);
        Assert.That(answers.Skip(limit), Is.All.EqualTo(SignalingErrorCode.LimitExceeded));
    }

    [Test]
    public async Task A_room_takes_as_many_members_as_the_server_allows_and_no_more()
    {
        using var meeting = new Meeting(new() { Rooms = { MaxMembers = 5 } });
        meeting.Server.Default.CreateRoom(Tea);
        var answers = new List<string?>();
        for (int i = 0; i < Tries; i++)
        {
            answers.Add(await (await meeting.ConnectAsync()).JoinAsync("tea"));
        }

        Assert.That(answers.Take(5), Is.All.Null);
        Assert.That(answers.Skip(5), Is.All.EqualTo(SignalingErrorCode.RoomFull));
    }

    [Test]
    public async Task What_is_given_up_can_be_had_again()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxSessions = 1, MaxRooms = 1 }, Rooms = { MaxRooms = 1 } });
        for (int i = 0; i < Tries; i++)
        {
            using SignalingSession session = (await meeting.TryConnectAsync(new Peer())).Value;
            for (int j = 0; j < Tries; j++)
            {
                Assert.That((await session.Rooms.CreateAsync(Tea)).Error, Is.Null);
                Assert.That(session.Rooms.Leave(Tea).Error, Is.Null);
            }
        }
    }

    [Test]
    public async Task Refusals_are_heard_by_nobody()
    {
        using var meeting = new Meeting(new() { Rooms = { MaxBans = 0, MaxFieldBytes = 0 } });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        ann.Take();
        ben.Take();
        await ann.Session.Rooms.BanAsync(Tea, new() { Target = ben.Id });
        await ann.Session.Rooms.SetFieldsAsync(Tea, Fields.Set("a", "1"));
        Assert.That(new[] { ann.Take<SignalingEvent>(), ben.Take<SignalingEvent>() }, Is.All.Empty);
    }

    private static RoomId Named(int number) => RoomId.Parse($"r{number.ToString(CultureInfo.InvariantCulture)}");

    private static FieldUpdate TenBytes(int number) => Fields.Set(number.ToString("00", CultureInfo.InvariantCulture), "12345678");
}
