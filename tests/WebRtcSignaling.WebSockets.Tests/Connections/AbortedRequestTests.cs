using WebRtcSignaling.Authorization;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>A connection can be lost, or the server stop, while nothing is being read: because the host app still thinks, or the client has said nothing yet.</summary>
[TestFixture]
public sealed class AbortedRequestTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Aborting_cancels_the_decision_that_a_new_session_waits_for()
    {
        var authorizer = new EndlessAuthorizer();
        using var server = new SignalingServer(authorizer: authorizer);
        using var endpoint = new WebSocketEndpoint(server);
        using var aborted = new CancellationTokenSource();
        Task<ConnectionEnd> served = endpoint.ServeAsync(new MemoryTransport().Server, new(), aborted.Token);
        await authorizer.Asked.WaitAsync(_bound);

        await aborted.CancelAsync();

        Assert.That(await served.WaitAsync(_bound), Is.EqualTo(ConnectionEnd.Abort));
        Assert.That(server.SessionCount, Is.Zero);
    }

    [Test]
    public async Task A_callback_that_throws_when_it_is_cancelled_fails_nothing_else()
    {
        var authorizer = new EndlessAuthorizer { ThrowsWhenCancelled = true };
        using var server = new SignalingServer(authorizer: authorizer);
        using var endpoint = new WebSocketEndpoint(server);
        using var aborted = new CancellationTokenSource();
        Task<ConnectionEnd> served = endpoint.ServeAsync(new MemoryTransport().Server, new(), aborted.Token);
        await authorizer.Asked.WaitAsync(_bound);

        await aborted.CancelAsync();

        Assert.That(await served.WaitAsync(_bound), Is.EqualTo(ConnectionEnd.Abort));
    }

    [Test]
    public async Task A_client_that_has_not_said_hello_is_told_when_the_server_stops()
    {
        await using var server = new MemoryServer(webSockets: new WebSocketOptions { RequireHello = true });
        using WireClient client = server.Connect();
        server.Server.Stop();
        server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(1001));
        await client.SendBytesAsync(ClientFrames.Close(1001));
    }

    private sealed class EndlessAuthorizer : ISignalingAuthorizer
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public bool ThrowsWhenCancelled { get; init; }

        public async ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken)
        {
            await using CancellationTokenRegistration registration = cancellationToken.Register(() =>
            {
                if (ThrowsWhenCancelled)
                {
                    throw new InvalidOperationException("The host app's callback failed.");
                }
            });
            _asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return AuthorizationDecision.Allow;
        }
    }
}
