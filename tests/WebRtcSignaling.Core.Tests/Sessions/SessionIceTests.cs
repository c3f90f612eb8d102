using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Ice;

namespace WebRtcSignaling.Core.Tests.Sessions;

[CancelAfter(60_000)]
public sealed class SessionIceTests
{
    private static readonly IReadOnlyList<IceServer> Servers = [new(["turn:turn.example.org"], "1:ann", "secret")];

    [Test]
    public async Task The_provider_is_asked_for_whom_and_its_answer_passed_on()
    {
        var provider = new Provider((_, _) => ValueTask.FromResult(Servers));
        using var meeting = new Meeting(iceServers: provider);
        Peer ann = await meeting.ConnectAsync(account: "7");
        Assert.That((await ann.Session.GetIceServersAsync()).Value, Is.SameAs(Servers));
        Assert.That(provider.Asked, Is.EqualTo([new IceServerRequest("default", ann.Id.Value, ann.Session.User)]));
    }

    [Test]
    public async Task The_host_refreshes_a_session_s_servers()
    {
        IReadOnlyList<IceServer> current = [];
        using var meeting = new Meeting(iceServers: new Provider((_, _) => ValueTask.FromResult(current)));
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        current = Servers;
        Assert.That((await meeting.Server.Default.RefreshIceServersAsync(ann.Id)).IsSuccess, Is.True);
        Assert.That(ann.Take(), Is.EqualTo([new SignalingEvent.IceServersChanged(Servers)]));
        Assert.That(ben.Take(), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_provider_that_fails_is_logged_and_its_exception_shown_to_nobody(bool refresh)
    {
        using var logs = new CollectedLogs();
        using var meeting = new Meeting(iceServers: new Provider((_, _) => throw new InvalidOperationException("inside")), logs: logs);
        Peer ann = await meeting.ConnectAsync();
        SignalingError? error = refresh
            ? (await meeting.Server.Default.RefreshIceServersAsync(ann.Id)).Error
            : (await ann.Session.GetIceServersAsync()).Error;
        Assert.Multiple(() =>
        {
            Assert.That(error?.Code, Is.EqualTo(SignalingErrorCode.InternalError));
            Assert.That(error?.Message, Does.Not.Contain("inside"));
            Assert.That(ann.Take(), Is.Empty);
            Assert.That(logs.Lines, Has.Exactly(1).Contains("inside"));
        });
    }

    [Test]
    public async Task Cancelling_stops_the_question(CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var meeting = new Meeting(iceServers: new Provider(async (_, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return Servers;
        }));
        Peer ann = await meeting.ConnectAsync();
        Assert.That((await ann.Session.GetIceServersAsync(cancellation.Token)).IsSuccess, Is.False);
    }

    [Test]
    public async Task Without_a_provider_the_options_are_followed()
    {
        using var meeting = new Meeting(new() { Ice = { Servers = { new() { Urls = { "stun:stun.example.org" } } } } });
        Peer ann = await meeting.ConnectAsync();
        Assert.That((await ann.Session.GetIceServersAsync()).Value.Single().Urls, Is.EqualTo(["stun:stun.example.org"]));
    }

    private sealed class Provider(Func<IceServerRequest, CancellationToken, ValueTask<IReadOnlyList<IceServer>>> answer) : IIceServerProvider
    {
        public List<IceServerRequest> Asked { get; } = [];

        public ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(IceServerRequest request, CancellationToken cancellationToken)
        {
            Asked.Add(request);
            return answer(request, cancellationToken);
        }
    }
}
