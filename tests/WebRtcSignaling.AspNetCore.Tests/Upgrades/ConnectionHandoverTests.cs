using System.Net;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.Upgrades;

/// <summary>When a connection outlives its request, and what is left of the request then. What it must do as a connection is told by the conformance tests.</summary>
[TestFixture]
public sealed class ConnectionHandoverTests
{
    [Test]
    public async Task The_request_is_over_while_the_connection_lives()
    {
        var requests = new Requests();
        await using TestApp app = await StartAsync(requests, static listen => listen.UseSignalingConnections());
        using JsonClient ann = await app.ConnectAsync();
        await requests.Ended.WaitAsync(TestApp.Bound);
        await ann.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        Assert.That(app.Connections.Count, Is.EqualTo(1));
        await ann.CloseAsync();
        await app.Connections.WhenNone().WaitAsync(TestApp.Bound);
    }

    [Test]
    public async Task Nothing_of_the_request_is_kept()
    {
        var requests = new Requests();
        await using TestApp app = await StartAsync(requests, static listen => listen.UseSignalingConnections());
        using JsonClient ann = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await requests.Ended.WaitAsync(TestApp.Bound);
        await Eventually.IsTrueAsync(
            () =>
            {
                GC.Collect();
                return !requests.IsAlive;
            },
            "The web server's request is collected.");
        await ann.JoinAsync("tea");
        await ann.CloseAsync();
    }

    [Test]
    public async Task Without_it_the_request_lasts_as_long_as_the_connection()
    {
        var requests = new Requests();
        await using TestApp app = await StartAsync(requests, static listen => listen.Protocols = HttpProtocols.Http1);
        await AssertStaysInItsRequestAsync(app, requests);
    }

    [Test]
    public async Task Where_upgraded_connections_are_limited_they_stay_in_their_requests_and_are_counted()
    {
        var requests = new Requests();
        await using TestApp app = await StartAsync(
            requests,
            static listen =>
            {
                listen.KestrelServerOptions.Limits.MaxConcurrentUpgradedConnections = 1;
                listen.UseSignalingConnections();
            });
        await AssertStaysInItsRequestAsync(app, requests, async () =>
        {
            using RawClient second = await RawClient.ConnectAsync(app.Address);
            await second.SendAsync(RawClient.Handshake(app.Address));
            Assert.That((await second.ReadHeadAsync()).Status, Is.EqualTo(503));
        });
    }

    [Test]
    public async Task Other_requests_of_the_same_connection_are_served_as_ever()
    {
        await using TestApp app = await TestApp.StartAsync(
            listen: static listen => listen.UseSignalingConnections(),
            map: static web =>
            {
                web.MapSignaling();
                web.MapGet("/time", static (HttpContext context) => context.Connection.Id);
            });
        using var http = new HttpClient { BaseAddress = new Uri($"http://{app.Address}") };
        string first = await http.GetStringAsync(new Uri("/time", UriKind.Relative));
        string second = await http.GetStringAsync(new Uri("/time", UriKind.Relative));
        Assert.That(second, Is.EqualTo(first), "The connection is kept between requests.");
    }

    [Test]
    public async Task Streams_of_HTTP_2_are_served_in_their_requests()
    {
        await using TestApp app = await TestApp.StartAsync(listen: static listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseSignalingConnections();
        });
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new Uri($"ws://{app.Address}/signaling"), http, CancellationToken.None).WaitAsync(TestApp.Bound);
        using var ann = new JsonClient(socket);
        await ann.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        await ann.CloseAsync();
    }

    [Test]
    public async Task When_the_app_stops_they_are_sent_away_like_all_others()
    {
        var requests = new Requests();
        await using TestApp app = await StartAsync(requests, static listen => listen.UseSignalingConnections());
        using JsonClient ann = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await requests.Ended.WaitAsync(TestApp.Bound);
        Task stopped = app.StopAsync();
        Assert.That((string?)(await ann.ReceiveAsync())["type"], Is.EqualTo("goaway"));
        Assert.That(await ann.ReceiveCloseAsync(), Is.EqualTo(1001));
        await stopped;
    }

    private static async Task AssertStaysInItsRequestAsync(TestApp app, Requests requests, Func<Task>? meanwhile = null)
    {
        using JsonClient ann = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        if (meanwhile is not null)
        {
            await meanwhile();
        }

        Assert.That(requests.Ended.IsCompleted, Is.False);
        await ann.CloseAsync();
        await requests.Ended.WaitAsync(TestApp.Bound);
    }

    private static Task<TestApp> StartAsync(Requests requests, Action<ListenOptions> listen) => TestApp.StartAsync(
        listen: listen,
        map: web =>
        {
            web.Use(requests.WatchAsync);
            web.MapSignaling();
        });

    /// <summary>Sees the first request come and go.</summary>
    private sealed class Requests
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private WeakReference? _request;

        public Task Ended => _ended.Task;

        /// <summary>Whether anything still knows the web server's request.</summary>
        public bool IsAlive => _request is null or { IsAlive: true };

        public async Task WatchAsync(HttpContext context, RequestDelegate next)
        {
            bool isFirst = _request is null;
            if (isFirst)
            {
                Remember(context);
            }

            await next(context);
            if (isFirst)
            {
                _ended.TrySetResult();
            }
        }

        // In a method of its own, so that no frame that goes on holds what it looked at.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Remember(HttpContext context) => _request = new WeakReference(context.Features.Get<IHttpRequestFeature>());
    }
}
