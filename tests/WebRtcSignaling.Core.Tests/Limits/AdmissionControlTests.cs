using System.Net;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Limits;

public sealed class AdmissionControlTests
{
    private static readonly IPAddress Here = IPAddress.Parse("203.0.113.7");
    private static readonly IPAddress There = IPAddress.Parse("203.0.113.8");

    [Test]
    public void An_address_has_as_many_connections_as_it_may_and_gets_back_those_that_end()
    {
        using var meeting = new Meeting(new() { Admission = { MaxConnectionsPerAddress = 2 } });
        AdmissionControl admission = meeting.Server.Admission;
        Assert.That((admission.TryEnter(Here), admission.CanEnter(Here), admission.TryEnter(Here)), Is.EqualTo((true, true, true)));
        Assert.That((admission.CanEnter(Here), admission.TryEnter(Here), admission.TryEnter(There)), Is.EqualTo((false, false, true)));
        admission.Leave(Here);
        Assert.That((admission.TryEnter(Here.MapToIPv6()), admission.TryEnter(Here)), Is.EqualTo((true, false)), "mapped into IPv6 it is the same");
    }

    [Test]
    public void Whoever_leaves_more_often_than_it_came_takes_nothing_from_others()
    {
        using var meeting = new Meeting(new() { Admission = { MaxConnectionsPerAddress = 1 } });
        AdmissionControl admission = meeting.Server.Admission;
        admission.Leave(Here);
        Assert.That((admission.TryEnter(Here), admission.TryEnter(Here)), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Connecting_again_lets_nobody_fill_the_server_with_empty_rooms()
    {
        using var meeting = new Meeting(new() { Admission = { MaxRoomsPerAddress = 2 } });
        var kept = new RoomSetup { EmptyTimeout = TimeSpan.FromMinutes(1) };
        foreach (string room in new[] { "a", "b" })
        {
            Peer once = await meeting.ConnectAsync(remoteAddress: Here);
            Assert.That(await once.CreateAsync(room, kept), Is.Null);
            once.Session.Dispose();
        }

        Peer again = await meeting.ConnectAsync(remoteAddress: Here.MapToIPv6()), elsewhere = await meeting.ConnectAsync(remoteAddress: There);
        Assert.That(await again.CreateAsync("c", kept), Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(await again.JoinAsync("c", createWith: kept), Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(await again.JoinAsync("a"), Is.Null, "joining is no creating");
        Assert.That(await elsewhere.CreateAsync("c", kept), Is.Null);
        Assert.That(meeting.Server.Default.CreateRoom().Error, Is.Null, "the host is not counted");

        meeting.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await again.CreateAsync("b", kept), Is.Null, "one has closed");
        Assert.That(await again.CreateAsync("d", kept), Is.EqualTo(SignalingErrorCode.LimitExceeded));
    }

    [Test]
    public async Task A_room_that_could_not_be_created_counts_for_nobody()
    {
        using var meeting = new Meeting(new() { Admission = { MaxRoomsPerAddress = 1 }, Rooms = { MaxRooms = 1 } });
        Peer here = await meeting.ConnectAsync(remoteAddress: Here), there = await meeting.ConnectAsync(remoteAddress: There);
        await there.CreateAsync("a");
        Assert.That(await here.CreateAsync("b"), Is.EqualTo(SignalingErrorCode.LimitExceeded));
        there.Leave("a");
        Assert.That(await here.CreateAsync("b"), Is.Null);
    }

    [Test]
    public async Task Refusals_are_counted_by_code()
    {
        using var meters = new CollectedRejections();
        using var meeting = new Meeting(
            new() { Sessions = { JoinBurst = 1, MaxPerUser = 1 }, Admission = { MaxConnectionsPerAddress = 1, RequestBurstPerAddress = 1 } }, meters: meters);
        Peer ann = await meeting.ConnectAsync(account: "ann");
        await meeting.TryConnectAsync(new Peer(), account: "ann");
        await ann.CreateAsync("a");
        await ann.CreateAsync("b");
        AdmissionControl admission = meeting.Server.Admission;
        _ = (admission.TryEnter(Here), admission.TryEnter(Here), admission.TakeRequest(Here), admission.TakeRequest(Here));
        Assert.That(meters.Codes, Is.EqualTo(new[] { "limit-exceeded", "rate-limited", "limit-exceeded", "rate-limited" }));
    }

    [Test]
    public void A_hundred_thousand_addresses_leave_nothing_behind()
    {
        using var meeting = new Meeting();
        IPAddress[] addresses = [.. Enumerable.Range(0, 100_000).Select(number => new IPAddress((long)(uint)number))];
        Array.ForEach(addresses, address => Assert.That(meeting.Server.Admission.TryEnter(address)));
        Assert.That(meeting.Server.Admission.NetworkCount, Is.EqualTo(100_000));
        Array.ForEach(addresses, meeting.Server.Admission.Leave);
        Assert.That(meeting.Server.Admission.NetworkCount, Is.Zero);
    }

    [Test]
    public void Where_no_address_is_known_nothing_is_counted()
    {
        using var meeting = new Meeting(new() { Admission = { MaxConnectionsPerAddress = 1, FailuresPerAddress = 1, RequestBurstPerAddress = 1 } });
        AdmissionControl admission = meeting.Server.Admission;
        for (int i = 0; i < 10; i++)
        {
            admission.CountFailedAuthentication(null);
            Assert.That((admission.TryEnter(null), admission.CheckAuthentication(null), admission.TakeRequest(null)), Is.EqualTo((true, (SignalingError?)null, (SignalingError?)null)));
        }
    }

    [Test]
    public async Task Whoever_the_host_app_refuses_too_often_is_not_asked_about_again_for_the_time_that_it_is_told()
    {
        var authorizer = new AskedAuthorizer(_ => AuthorizationDecision.Deny);
        using var meeting = new Meeting(new() { Admission = { FailuresPerAddress = 3, FailureIntervalPerAddress = TimeSpan.FromSeconds(5) } }, authorizer);
        for (int i = 0; i < 3; i++)
        {
            Assert.That((await ConnectAsync(meeting, Here))?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
        }

        SignalingError barred = (await ConnectAsync(meeting, Here))!;
        Assert.That((barred.Code, barred.RetryAfter, authorizer.Asked.Count), Is.EqualTo((SignalingErrorCode.TooManyAttempts, TimeSpan.FromSeconds(5), 3)));
        Assert.That((await ConnectAsync(meeting, There))?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted), "another address is asked about");

        meeting.Clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.That((await ConnectAsync(meeting, Here))?.Code, Is.EqualTo(SignalingErrorCode.TooManyAttempts));
        meeting.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.That((await ConnectAsync(meeting, Here))?.Code, Is.EqualTo(SignalingErrorCode.NotPermitted));
    }

    [Test]
    public async Task Proving_oneself_anew_counts_like_connecting()
    {
        bool isAllowed = true;
        using var meeting = new Meeting(
            new() { Admission = { FailuresPerAddress = 2 } },
            new AskedAuthorizer(_ => isAllowed ? AuthorizationDecision.Allow : AuthorizationDecision.Deny));
        var peer = new Peer();
        SignalingSession session = (await meeting.Server.ConnectAsync(new() { RemoteAddress = Here }, peer)).Value;
        isAllowed = false;
        List<string?> codes = [];
        for (int i = 0; i < 3; i++)
        {
            codes.Add((await session.ReauthenticateAsync("wrong"u8.ToArray())).Error?.Code);
        }

        Assert.That(codes, Is.EqualTo(new[] { SignalingErrorCode.NotPermitted, SignalingErrorCode.NotPermitted, SignalingErrorCode.TooManyAttempts }));
    }

    [Test]
    public async Task Claiming_an_id_with_a_wrong_secret_counts_and_without_one_does_not()
    {
        using var meeting = new Meeting(new() { Admission = { FailuresPerAddress = 2 } });
        Task<string?> ClaimAsync(string? secret) => ClaimCodeAsync(meeting, secret);
        Assert.That(await ClaimAsync("right"), Is.Null);
        for (int i = 0; i < 10; i++)
        {
            Assert.That(await ClaimAsync(null), Is.EqualTo(SignalingErrorCode.IdTaken));
        }

        Assert.That((await ClaimAsync("a"), await ClaimAsync("b")), Is.EqualTo((SignalingErrorCode.IdTaken, SignalingErrorCode.IdTaken)));
        Assert.That(await ClaimAsync("right"), Is.EqualTo(SignalingErrorCode.TooManyAttempts), "now not even the right one is looked at");
    }

    [TestCase("account", 2)]
    [TestCase("address", 4)]
    public async Task Connecting_again_gives_no_new_guesses_at_a_password(string who, int guesses)
    {
        using var meeting = new Meeting(new()
        {
            Rooms = { PasswordGuessesPerSession = 2, PasswordGuessesPerAddress = 4, PasswordGuessIntervalPerSession = TimeSpan.FromSeconds(10) },
        });
        await (await meeting.ConnectAsync()).CreateAsync("safe", new RoomSetup { Password = "right" });
        var request = new SessionRequest { RemoteAddress = Here, User = who == "account" ? Meeting.User("eve") : null };
        int wrong = 0;
        string? code;
        while ((code = await GuessAsync(meeting, request, "wrong")) == SignalingErrorCode.WrongPassword)
        {
            wrong++;
        }

        Assert.That((wrong, code), Is.EqualTo((guesses, SignalingErrorCode.TooManyAttempts)));
        Assert.That(await GuessAsync(meeting, request, "right"), Is.EqualTo(SignalingErrorCode.TooManyAttempts), "not even the right one is looked at");
        Assert.That(await GuessAsync(meeting, new() { RemoteAddress = There, User = Meeting.User("ann") }, "right"), Is.Null, "others are not meant");
        meeting.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(await GuessAsync(meeting, request, "right"), Is.Null);
    }

    [Test]
    public async Task Right_passwords_cost_nothing_however_many_come_from_one_address()
    {
        using var meeting = new Meeting(new() { Rooms = { PasswordGuessesPerAddress = 1, PasswordGuessesPerRoom = 1 } });
        await (await meeting.ConnectAsync()).CreateAsync("safe", new RoomSetup { Password = "right" });
        for (int i = 0; i < 5; i++)
        {
            Assert.That(await GuessAsync(meeting, new() { RemoteAddress = Here }, "right"), Is.Null);
        }
    }

    [Test]
    public void Requests_are_counted_by_address()
    {
        using var meeting = new Meeting(new() { Admission = { RequestBurstPerAddress = 2, RequestsPerSecondPerAddress = 4 } });
        AdmissionControl admission = meeting.Server.Admission;
        Assert.That((admission.TakeRequest(Here), admission.TakeRequest(Here)), Is.EqualTo(((SignalingError?)null, (SignalingError?)null)));
        SignalingError refused = admission.TakeRequest(Here)!;
        Assert.That((refused.Code, refused.RetryAfter, admission.TakeRequest(There)), Is.EqualTo((SignalingErrorCode.RateLimited, TimeSpan.FromMilliseconds(250), (SignalingError?)null)));
        meeting.Clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.That((admission.TakeRequest(Here), admission.TakeRequest(Here)?.Code), Is.EqualTo(((SignalingError?)null, SignalingErrorCode.RateLimited)));
    }

    private static async Task<SignalingError?> ConnectAsync(Meeting meeting, IPAddress address) =>
        (await meeting.Server.ConnectAsync(new() { RemoteAddress = address }, new Peer())).Error;

    private static async Task<string?> ClaimCodeAsync(Meeting meeting, string? secret)
    {
        var request = new SessionRequest { Id = SessionId.Parse("cat"), ReclaimSecret = secret, RemoteAddress = Here };
        return (await meeting.Server.ConnectAsync(request, new Peer())).Error?.Code;
    }

    private static async Task<string?> GuessAsync(Meeting meeting, SessionRequest request, string password)
    {
        var peer = new Peer();
        using SignalingSession session = (await meeting.Server.ConnectAsync(request, peer)).Value;
        return await peer.JoinAsync("safe", password);
    }
}
