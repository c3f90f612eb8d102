using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Http;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.SocketIO;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Http;

/// <summary>What becomes of the answer to a poll whose client is put out because it is too slow.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PollRequestTests : IEngineApplication, IEngineConversation, IDisposable
{
    private readonly SignalingServer _server = new();
    private readonly EngineSessions _sessions;
    private readonly EngineSession _session;

    public PollRequestTests()
    {
        _sessions = new(new SocketIOOptions { MaxBufferedBytes = 1_500 }.ToEngineSettings(), _server.Admission, new ManualTimeProvider(), NullLogger.Instance);
        _session = _sessions.Open(new SessionOpening(this, EngineVersion.V4, User: null))!;
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _server.Dispose();
    }

    [Test]
    public async Task One_that_is_not_taken_is_cut_off()
    {
        var request = new Request();
        _session.Send(new byte[1_000], []);
        Task answering = PollRequest.AnswerAsync(request.Context, _session);
        Assert.That(answering.IsCompleted, Is.False);

        _session.Send(new byte[1_000], []);
        await request.Aborted.Task.WaitAsync(Eventually.Bound);
        request.Taken.SetResult();
        await answering.WaitAsync(Eventually.Bound);
    }

    [Test]
    public async Task The_one_that_says_so_is_not()
    {
        (RequestVerdict verdict, _) = _session.BeginPoll();
        Assert.That(verdict, Is.EqualTo(RequestVerdict.Proceed));
        _session.EndSending(_session.EndPoll());
        Task held = _session.BeginPoll().Held;
        _session.Send(new byte[1_000], []);
        _session.Send(new byte[1_000], []);
        await held.WaitAsync(Eventually.Bound);
        await Eventually.TrueAsync(() => _session.EndedBySlowness && _session.Ended.IsCancellationRequested, "the client is put out");

        var request = new Request();
        request.Taken.SetResult();
        await PollRequest.AnswerAsync(request.Context, _session);
        Assert.That((request.Aborted.Task.IsCompleted, request.Written), Is.EqualTo((false, "1")));
    }

    public IEngineConversation Open(EngineSession session) => this;

    public void Start()
    {
    }

    public ValueTask ReceiveAsync(EnginePacket message, SignalingError? tooEarly) => default;

    public void Tick()
    {
    }

    public void End(SessionCloseReason reason)
    {
    }

    /// <summary>A request whose client takes its answer when the test says so.</summary>
    private sealed class Request : MemoryStream, IHttpRequestLifetimeFeature
    {
        public Request()
        {
            Context.Features.Set<IHttpRequestLifetimeFeature>(this);
            Context.Response.Body = this;
        }

        public DefaultHttpContext Context { get; } = new();

        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Aborted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken RequestAborted { get; set; }

        public string Written => System.Text.Encoding.UTF8.GetString(ToArray());

        public void Abort() => Aborted.TrySetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Taken.Task;
            Write(buffer.Span);
        }
    }
}
