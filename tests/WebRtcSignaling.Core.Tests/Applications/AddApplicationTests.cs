using WebRtcSignaling.Applications;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Applications;

/// <summary>Applications that the host adds, and how many sessions one holds.</summary>
public sealed class AddApplicationTests
{
    [Test]
    public async Task An_application_that_was_added_is_like_one_of_the_settings()
    {
        using var meeting = new Meeting();
        SignalingApplication added = meeting.Server.AddApplication("tea", new() { AllowDirectSignals = true }).Value;
        Peer ann = await meeting.ConnectAsync(application: "tea"), ben = await meeting.ConnectAsync(application: "tea");
        Assert.Multiple(() =>
        {
            Assert.That(added.Name, Is.EqualTo("tea"));
            Assert.That(added.Options.AllowDirectSignals, Is.True);
            Assert.That(added.Sessions, Has.Count.EqualTo(2));
            Assert.That(meeting.Server.FindApplication("tea")?.Sessions, Has.Count.EqualTo(2));
        });
        Assert.That(await ann.SignalAsync(null, ben), Is.Null);
    }

    [TestCase("default")]
    [TestCase("tea")]
    [TestCase("")]
    [TestCase("a\nb")]
    public void A_name_that_is_in_use_or_malformed_is_refused(string name)
    {
        using var server = new SignalingServer(new() { Applications = { ["tea"] = new() } });
        Assert.That(server.AddApplication(name).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
    }

    [Test]
    public void There_are_no_more_than_may_be()
    {
        using var server = new SignalingServer(new() { MaxApplications = 2 });
        Assert.That(server.AddApplication("a").IsSuccess, Is.True);
        Assert.That(server.AddApplication("b").Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
    }

    [Test]
    public void A_wrong_setting_is_our_callers_mistake()
    {
        using var server = new SignalingServer();
        Assert.That(
            () => server.AddApplication("tea", new() { MaxSessions = 0 }), Throws.ArgumentException.With.Message.Contains("tea:MaxSessions"));
    }

    [Test]
    public async Task An_application_holds_as_many_sessions_as_it_says()
    {
        using var meeting = new Meeting(new() { Applications = { ["tea"] = new() { MaxSessions = 1 } } });
        Peer ann = await meeting.ConnectAsync(application: "tea");
        await meeting.ConnectAsync();
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "tea")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(meeting.Server.SessionCount, Is.EqualTo(2), "one that was refused leaves nothing behind");
        ann.Session.Dispose();
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "tea")).IsSuccess, Is.True);
    }

    [Test]
    public async Task Whoever_finds_no_place_has_never_begun_however_many_begin_at_once()
    {
        using var meeting = new Meeting(new() { Applications = { ["tea"] = new() { MaxSessions = 1 } } });
        var other = new Peer();
        Task<SignalingResult<SignalingSession>>? meanwhile = null;
        var sink = new OpeningSink(() => meanwhile = meeting.TryConnectAsync(other, application: "tea"));
        SignalingResult<SignalingSession> first = await meeting.TryConnectAsync(sink, application: "tea");
        Assert.That(first.Error, Is.Null);
        Assert.That((await meanwhile!).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That((other.Openings, other.Closes.Count, sink.Closes), Is.EqualTo((0, 0, 0)), "nobody is told that another connection took over");
        first.Value.Dispose();
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "tea")).IsSuccess, Is.True, "one place is free again");
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "tea")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded), "and no more");
    }

    [Test]
    public async Task Whatever_keeps_a_session_from_beginning_its_place_is_free_again()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxPerUser = 1 }, Applications = { ["tea"] = new() { MaxSessions = 2 } } });
        await meeting.ConnectAsync(application: "tea", account: "7", id: "me");
        for (int i = 0; i < 3; i++)
        {
            Assert.That((await meeting.TryConnectAsync(new Peer(), application: "tea", account: "7")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That((await meeting.TryConnectAsync(new Peer(), application: "tea", id: "me")).Error?.Code, Is.EqualTo(SignalingErrorCode.IdTaken));
            var failing = new OpeningSink(() => throw new InvalidOperationException("test"));
            Assert.That((await meeting.TryConnectAsync(failing, application: "tea")).Error?.Code, Is.EqualTo(SignalingErrorCode.InternalError));
        }

        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "tea")).Error, Is.Null);
    }

    private sealed class OpeningSink(Action whenOpened) : ISessionSink
    {
        public int Closes { get; private set; }

        public void OnOpened(SignalingSession session) => whenOpened();

        public void OnEvent(SignalingEvent signalingEvent)
        {
        }

        public void OnSignal(in Signal signal)
        {
        }

        public void OnClosed(SessionClose close) => Closes++;
    }
}
