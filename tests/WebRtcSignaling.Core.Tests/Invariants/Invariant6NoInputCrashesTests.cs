using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Core.Tests.Properties;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Invariants;

/// <summary>Any arguments at all give an answer: never an exception, and never anything but the documented codes.</summary>
public sealed class Invariant6NoInputCrashesTests
{
    private const int Requests = 20_000;

    private static readonly string[] Codes = [.. typeof(SignalingErrorCode).GetFields().Select(field => (string)field.GetValue(null)!)];

    [Test]
    public async Task Odd_arguments_get_an_answer()
    {
        int seed = PropertySettings.Seed;
        var random = new Random(seed);
        using var logs = new CollectedLogs();
        using var meeting = new Meeting(
            new()
            {
                Rooms = { MaxEmptyTimeout = TimeSpan.FromDays(3650), PasswordGuessesPerSession = 1, PasswordGuessesPerRoom = 1 },
                Applications = { ["default"] = new() { AllowClientGroups = true, AllowDirectMessages = true, AllowDirectSignals = true } },
            },
            logs: logs);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        for (int i = 0; i < Requests; i++)
        {
            try
            {
                SignalingError? error = await RequestAsync(random, random.Next(2) == 0 ? ann.Session : ben.Session, ann.Id);
                Assert.That(error is null || Codes.Contains(error.Code), Is.True, $"PROPERTY_SEED={seed}: {error}");
            }
            catch (Exception exception) when (exception is not AssertionException)
            {
                Assert.Fail($"PROPERTY_SEED={seed}, request {i}: {exception}");
            }

            ann.Take();
            ben.Take();
            meeting.Clock.Advance(TimeSpan.FromSeconds(random.Next(2)));
        }

        Assert.That(logs.Lines, Has.None.StartsWith("Error"));
    }

    private static async Task<SignalingError?> RequestAsync(Random random, SignalingSession by, SessionId ann)
    {
        RoomId room = random.Next(8) == 0 ? default : RoomId.Parse(random.Next(2) == 0 ? "tea" : OddName(random));
        SessionId target = random.Next(3) switch { 0 => default, 1 => ann, _ => SessionId.Parse(OddName(random)) };
        CallId call = random.Next(2) == 0 ? default : CallId.Create();
        ReadOnlyMemory<byte> data = random.Next(9) == 0 ? new byte[70_000] : new byte[random.Next(3)];
        return random.Next(22) switch
        {
            0 => (await by.Rooms.CreateAsync(room, Setup(random))).Error,
            1 or 2 => (await by.Rooms.JoinAsync(new() { Room = room, Password = OddText(random), CreateWith = Setup(random) })).Error,
            3 => by.Rooms.Leave(room).Error,
            4 => (await by.Rooms.CloseAsync(room)).Error,
            5 => (await by.Rooms.ListAsync(OddText(random))).Error,
            6 => (await by.Rooms.UpdateAsync(room, Update(random))).Error,
            7 => (await by.Rooms.KickAsync(room, target, OddText(random))).Error,
            8 => (await by.Rooms.BanAsync(room, Ban(random, target))).Error,
            9 => (await by.Rooms.UnbanAsync(room, target, OddText(random))).Error,
            10 => (await by.Rooms.SetRoleAsync(room, target, (RoomRole)random.Next(-2, 6))).Error,
            11 => (await by.Rooms.SetFieldsAsync(room, OddFields(random))).Error,
            12 => (await by.Rooms.SetMemberFieldsAsync(room, OddFields(random))).Error,
            13 => (await by.SetFieldsAsync(OddFields(random))).Error,
            14 => (await by.ToggleAsync((MediaResources)random.Next(-3, 40))).Error,
            15 => (await by.SetPresenceAsync(new((PresenceShow)random.Next(-2, 7), OddText(random)))).Error,
            16 => (await by.SendSignalAsync(random.Next(2) == 0 ? null : room, target, (SignalKind)random.Next(-2, 12), data)).Error,
            17 => (await by.SendMessageAsync(Destination(random, room, target), data, random.Next(2) == 0)).Error,
            18 => (await by.Calls.StartAsync(room, target, data)).Error,
            19 => (await by.Calls.SendSignalAsync(call, (SignalKind)random.Next(-2, 12), data)).Error ?? by.Calls.Reject(call).Error,
            20 => (await by.Groups.JoinAsync(OddText(random) ?? "")).Error ?? by.Groups.Leave(OddText(random) ?? "").Error,
            _ => (await by.SetUsernameAsync(OddText(random) ?? "")).Error,
        };
    }

    private static string OddName(Random random) => random.Next(4) switch
    {
        0 => new string('x', 64),
        1 => "\"<&'>\\",
        2 => "😀",
        _ => $"n{random.Next(20)}",
    };

    private static string? OddText(Random random) => random.Next(8) switch
    {
        0 => null,
        1 => "",
        2 => new string('y', random.Next(60, 300)),
        3 => "two\nlines",
        4 => "\ud800",
        5 => new string('z', 10_000),
        6 => "\0",
        _ => OddName(random),
    };

    private static RoomSetup Setup(Random random) => new()
    {
        DisplayName = OddText(random),
        Password = random.Next(20) == 0 ? OddText(random) : null,
        Capacity = random.Next(3) == 0 ? random.Next(-1, 1_003) : null,
        OwnerLeaves = random.Next(3) == 0 ? (OwnerLeavesPolicy)random.Next(-1, 5) : null,
        EmptyTimeout = OddTime(random),
        Fields = random.Next(3) == 0 ? OddFields(random) : null,
        ServerLedCalls = random.Next(2) == 0,
    };

    private static RoomUpdate Update(Random random) => new()
    {
        DisplayName = OddText(random),
        Password = random.Next(20) == 0 ? OddText(random) : null,
        Capacity = random.Next(3) == 0 ? random.Next(-1, 1_003) : null,
        OwnerLeaves = random.Next(3) == 0 ? (OwnerLeavesPolicy)random.Next(-1, 5) : null,
        EmptyTimeout = OddTime(random),
    };

    private static BanRequest Ban(Random random, SessionId target) => new()
    {
        Target = random.Next(2) == 0 ? target : null,
        Username = random.Next(2) == 0 ? OddText(random) : null,
        Reason = OddText(random),
        Duration = OddTime(random),
    };

    private static TimeSpan? OddTime(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => TimeSpan.MinValue,
        2 => TimeSpan.MaxValue,
        3 => TimeSpan.FromDays(random.Next(4_000)),
        _ => TimeSpan.FromSeconds(random.Next(-1, 5)),
    };

    private static FieldUpdate OddFields(Random random) => random.Next(3) == 0
        ? Fields.Replace((OddText(random) ?? "a", OddText(random)))
        : Fields.Set((OddText(random) ?? "a", OddText(random)));

    private static MessageDestination Destination(Random random, RoomId room, SessionId target) => random.Next(5) switch
    {
        0 => MessageDestination.ToRoom(room),
        1 => MessageDestination.ToMember(room, target),
        2 => MessageDestination.ToGroup(OddText(random) ?? ""),
        3 => MessageDestination.ToSession(target),
        _ => default,
    };
}
