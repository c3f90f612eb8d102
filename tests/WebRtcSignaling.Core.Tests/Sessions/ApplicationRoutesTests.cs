using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Sessions;

/// <summary>Signals and messages without a room: only where the application allows them, only within it, and each by its own option.</summary>
public sealed class ApplicationRoutesTests
{
    [TestCase("signals", null, SignalingErrorCode.NotPermitted)]
    [TestCase("messages", SignalingErrorCode.NotPermitted, null)]
    [TestCase("default", SignalingErrorCode.NotPermitted, SignalingErrorCode.NotPermitted)]
    public async Task Each_option_allows_what_it_names_in_its_own_application(string application, string? signal, string? message)
    {
        using Meeting meeting = WithApplications();
        Peer ann = await meeting.ConnectAsync(application: application), ben = await meeting.ConnectAsync(application: application);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ann.SignalAsync(null, ben, "1"), Is.EqualTo(signal));
            Assert.That(await TellAsync(ann, ben, "2"), Is.EqualTo(message));
            IReadOnlyList<SignalingEvent> heard = ben.Take();
            Assert.That(heard.OfType<SignalingEvent.SignalReceived>().Select(one => (one.Room, one.SenderId)),
                signal is null ? Is.EqualTo(new[] { ((RoomId?)null, ann.Id) }) : Is.Empty);
            Assert.That(heard.OfType<SignalingEvent.MessageReceived>().Select(one => (one.Room, one.SenderId, one.TargetId)),
                message is null ? Is.EqualTo(new[] { ((RoomId?)null, ann.Id, ben.Id) }) : Is.Empty);
        });
    }

    [Test]
    public async Task Nobody_reaches_another_application_nor_itself()
    {
        using Meeting meeting = WithApplications();
        Peer ann = await meeting.ConnectAsync(application: "signals"), far = await meeting.ConnectAsync(application: "both");
        Peer ben = await meeting.ConnectAsync(application: "both");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ann.SignalAsync(null, far), Is.EqualTo(SignalingErrorCode.TargetNotFound));
            Assert.That(await ben.SignalAsync(null, ben), Is.EqualTo(SignalingErrorCode.TargetNotFound));
            Assert.That(await TellAsync(ben, ann, "1"), Is.EqualTo(SignalingErrorCode.TargetNotFound));
            Assert.That(await TellAsync(ben, ben, "1"), Is.EqualTo(SignalingErrorCode.TargetNotFound));
        });
        Assert.That(new[] { ann.Take(), far.Take(), ben.Take() }, Is.All.Empty);
    }

    [Test]
    public async Task Nobody_reaches_a_session_that_has_ended()
    {
        using Meeting meeting = WithApplications();
        Peer ann = await meeting.ConnectAsync(application: "both"), ben = await meeting.ConnectAsync(application: "both");
        ben.Session.Dispose();
        Assert.That(await ann.SignalAsync(null, ben), Is.EqualTo(SignalingErrorCode.TargetNotFound));
        Assert.That(await TellAsync(ann, ben, "1"), Is.EqualTo(SignalingErrorCode.TargetNotFound));
        Assert.That(ben.Take(), Is.Empty);
    }

    [TestCase(0, null)]
    [TestCase(100, null)]
    [TestCase(101, SignalingErrorCode.LimitExceeded)]
    public async Task A_payload_has_a_limit_by_whatever_way_it_goes(int bytes, string? refusal)
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPayloadBytes = 100 } });
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        var tea = RoomId.Parse("tea");
        var call = (await ann.Session.Calls.StartAsync(tea, ben.Id)).Value;
        await ben.Session.Calls.AcceptAsync(call);
        byte[] payload = new byte[bytes];
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await ann.Session.SendSignalAsync(tea, ben.Id, SignalKind.Plain, payload)).Error?.Code, Is.EqualTo(refusal));
            Assert.That((await ann.Session.SendMessageAsync(MessageDestination.ToRoom(tea), payload)).Error?.Code, Is.EqualTo(refusal));
            Assert.That((await ann.Session.SendMessageAsync(MessageDestination.ToMember(tea, ben.Id), payload)).Error?.Code, Is.EqualTo(refusal));
            Assert.That((await ann.Session.Calls.StartAsync(tea, ben.Id, payload)).Error?.Code, Is.EqualTo(refusal));
            Assert.That((await ann.Session.Calls.SendSignalAsync(call, SignalKind.Offer, payload)).Error?.Code, Is.EqualTo(refusal));
        });
    }

    private static async Task<string?> TellAsync(Peer sender, Peer target, string data) =>
        (await sender.Session.SendMessageAsync(MessageDestination.ToSession(target.Id), Text.Bytes(data))).Error?.Code;

    private static Meeting WithApplications() => new(new()
    {
        Applications =
        {
            ["signals"] = new() { AllowDirectSignals = true },
            ["messages"] = new() { AllowDirectMessages = true },
            ["both"] = new() { AllowDirectSignals = true, AllowDirectMessages = true },
        },
    });
}
