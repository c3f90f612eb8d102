using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Rooms;

/// <summary>Invariant 7: guesses at a password are throttled, for each session and for each room; right ones cost nothing.</summary>
public sealed class GuessThrottlingTests
{
    private const string Wrong = SignalingErrorCode.WrongPassword;
    private const string Throttled = SignalingErrorCode.TooManyAttempts;

    [Test]
    public async Task A_session_tries_so_many_wrong_passwords_and_then_one_an_interval()
    {
        using Meeting meeting = WithLimits(perSession: 2, perRoom: 100);
        CreateRoom(meeting, "safe");
        Peer eve = await meeting.ConnectAsync();
        Assert.That(await TryAsync(eve, "safe", "a", "b", "c", "right"), Is.EqualTo([Wrong, Wrong, Throttled, Throttled]));

        meeting.Clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.That(await TryAsync(eve, "safe", "right"), Is.EqualTo([Throttled]));
        meeting.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(await TryAsync(eve, "safe", "right"), Is.EqualTo(new string?[] { null }));
    }

    [Test]
    public async Task The_refusal_says_when_to_come_back()
    {
        using Meeting meeting = WithLimits(perSession: 1, perRoom: 100);
        CreateRoom(meeting, "safe");
        Peer eve = await meeting.ConnectAsync();
        await eve.JoinAsync("safe", "wrong");
        meeting.Clock.Advance(TimeSpan.FromSeconds(3));
        SignalingResult<RoomSnapshot> refused = await eve.Session.Rooms.JoinAsync(new() { Room = RoomId.Parse("safe"), Password = "right" });
        Assert.That((refused.Error!.Code, refused.Error.RetryAfter), Is.EqualTo((Throttled, TimeSpan.FromSeconds(7))));
    }

    [Test]
    public async Task A_session_s_guesses_count_for_all_rooms_together()
    {
        using Meeting meeting = WithLimits(perSession: 2, perRoom: 100);
        CreateRoom(meeting, "safe");
        CreateRoom(meeting, "vault");
        Peer eve = await meeting.ConnectAsync();
        string?[] answers = [.. await TryAsync(eve, "safe", "a"), .. await TryAsync(eve, "vault", "a", "right")];
        Assert.That(answers, Is.EqualTo([Wrong, Wrong, Throttled]));
    }

    [Test]
    public async Task A_room_takes_so_many_wrong_passwords_from_all_sessions_together()
    {
        using Meeting meeting = WithLimits(perSession: 2, perRoom: 3);
        CreateRoom(meeting, "safe");
        CreateRoom(meeting, "vault");
        Peer eve = await meeting.ConnectAsync(), fay = await meeting.ConnectAsync(), guy = await meeting.ConnectAsync();
        string?[] answers = [.. await TryAsync(eve, "safe", "a", "b"), .. await TryAsync(fay, "safe", "a"), .. await TryAsync(guy, "safe", "right")];
        Assert.That(answers, Is.EqualTo([Wrong, Wrong, Wrong, Throttled]));
        Assert.That(await TryAsync(guy, "vault", "a", "b", "c"), Is.EqualTo([Wrong, Wrong, Throttled]), "the room's refusal cost the session nothing");

        meeting.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await TryAsync(fay, "safe", "right"), Is.EqualTo(new string?[] { null }), "the room takes one more");
    }

    [Test]
    public async Task A_right_password_costs_neither_the_session_nor_the_room_a_guess()
    {
        using Meeting meeting = WithLimits(perSession: 1, perRoom: 1);
        CreateRoom(meeting, "safe");
        Peer ben = await meeting.ConnectAsync();
        for (int i = 0; i < 5; i++)
        {
            Assert.That(await ben.JoinAsync("safe", "right"), Is.Null);
            ben.Leave("safe");
        }

        Assert.That(await TryAsync(ben, "safe", "a", "right"), Is.EqualTo([Wrong, Throttled]));
    }

    [Test]
    public async Task A_right_password_that_is_refused_for_another_reason_costs_nothing()
    {
        using Meeting meeting = WithLimits(perSession: 1, perRoom: 1);
        CreateRoom(meeting, "safe");
        meeting.Server.Default.UpdateRoom(RoomId.Parse("safe"), new() { Locked = true });
        Peer ben = await meeting.ConnectAsync();
        Assert.That(
            await TryAsync(ben, "safe", "right", "right", "right"),
            Is.All.EqualTo(SignalingErrorCode.RoomLocked));
    }

    [Test]
    public async Task No_password_is_a_wrong_password()
    {
        using Meeting meeting = WithLimits(perSession: 2, perRoom: 100);
        CreateRoom(meeting, "safe");
        Peer eve = await meeting.ConnectAsync();
        Assert.That(await TryAsync(eve, "safe", null, "", "right"), Is.EqualTo([Wrong, Wrong, Throttled]));
    }

    [Test]
    public async Task A_room_without_a_password_takes_any_and_counts_none()
    {
        using Meeting meeting = WithLimits(perSession: 1, perRoom: 1);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("open");
        for (int i = 0; i < 3; i++)
        {
            Assert.That(await ben.JoinAsync("open", "whatever"), Is.Null);
            ben.Leave("open");
        }
    }

    private static void CreateRoom(Meeting meeting, string room)
    {
        SignalingResult<RoomSnapshot> created = meeting.Server.Default.CreateRoom(
            RoomId.Parse(room), new() { Password = "right", EmptyTimeout = TimeSpan.FromMinutes(30) });
        Assert.That(created.Error, Is.Null);
    }

    private static async Task<string?[]> TryAsync(Peer peer, string room, params string?[] passwords)
    {
        var answers = new List<string?>();
        foreach (string? password in passwords)
        {
            answers.Add(await peer.JoinAsync(room, password));
        }

        return [.. answers];
    }

    private static Meeting WithLimits(int perSession, int perRoom) => new(new()
    {
        Rooms = { PasswordGuessesPerSession = perSession, PasswordGuessesPerRoom = perRoom },
    });
}
