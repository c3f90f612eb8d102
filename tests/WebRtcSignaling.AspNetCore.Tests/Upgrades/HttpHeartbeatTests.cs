using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.AspNetCore.Upgrades;
using WebRtcSignaling.Testing;
using MemoryTransport = WebRtcSignaling.Testing.Connections.MemoryTransport;

namespace WebRtcSignaling.AspNetCore.Tests.Upgrades;

/// <summary>Who hears of the heartbeat of a connection that can outlive HTTP, and when.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HttpHeartbeatTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly HttpHeartbeat _heartbeat;

    public HttpHeartbeatTests() => _heartbeat = new HttpHeartbeat(_time, NullLogger.Instance);

    [Test]
    public async Task While_HTTP_lasts_it_comes_every_second_and_Kestrel_s_is_left_alone()
    {
        var connection = new Connection();
        int beats = 0;
        Task served = connection.ServeAsync(_heartbeat, http => Listen(http.Features, () => beats++));
        _time.Advance(3 * _second);
        Assert.Multiple(() =>
        {
            Assert.That(beats, Is.EqualTo(3));
            Assert.That(connection.Kestrel.Listeners, Is.Empty);
        });
        connection.EndHttp();
        await served;
    }

    [Test]
    public async Task Where_the_connection_ends_with_HTTP_whoever_listened_hears_Kestrel_s_from_then_on()
    {
        var connection = new Connection();
        int beats = 0;
        Task served = connection.ServeAsync(_heartbeat, http => Listen(http.Features, () => beats++));
        connection.EndHttp();
        await served;
        _time.Advance(3 * _second);
        Assert.That(beats, Is.Zero);
        connection.Kestrel.Beat();
        Assert.That(beats, Is.EqualTo(1));
    }

    [Test]
    public async Task A_connection_that_outlives_HTTP_hears_nothing_any_more()
    {
        int beats = 0;
        await using TestApp app = TestApp.Create(
            configure: Configure,
            listen: static listen => listen.UseSignalingConnections(),
            map: web =>
            {
                web.Use((context, next) =>
                {
                    Listen(context.Features, () => beats++);
                    return next(context);
                });
                web.MapSignaling();
            });
        await app.StartAsync();
        using JsonClient ann = await app.ConnectAsync();

        // It is said when HTTP is over.
        await ann.ReadWelcomeAsync();
        _time.Advance(3 * _second);
        Assert.That(beats, Is.Zero);
        await ann.CloseAsync();
    }

    [Test]
    public async Task One_that_fails_does_not_keep_it_from_others()
    {
        Connection[] connections = [new(), new(), new()];
        int beats = 0;
        Task[] served = [.. connections.Select(connection => connection.ServeAsync(_heartbeat, http => Listen(http.Features, () =>
        {
            beats++;
            throw new InvalidOperationException("A listener's mistake.");
        })))];
        _time.Advance(2 * _second);
        Assert.That(beats, Is.EqualTo(6));
        Array.ForEach(connections, static connection => connection.EndHttp());
        await Task.WhenAll(served);
    }

    [Test]
    public async Task It_begins_anew_for_whoever_comes_after_a_pause()
    {
        var first = new Connection();
        Task served = first.ServeAsync(_heartbeat, static _ => { });
        first.EndHttp();
        await served;
        _time.Advance(2 * _second);

        int beats = 0;
        var second = new Connection();
        served = second.ServeAsync(_heartbeat, http => Listen(http.Features, () => beats++));
        _time.Advance(_second);
        Assert.That(beats, Is.EqualTo(1));
        second.EndHttp();
        await served;
    }

    [Test]
    public async Task The_time_limits_of_HTTP_hold()
    {
        await using TestApp app = TestApp.Create(
            configure: Configure,
            listen: static listen =>
            {
                // The time itself is Kestrel's own clock's business, which adds a second.
                listen.KestrelServerOptions.Limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(1);
                listen.UseSignalingConnections();
            });
        await app.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(app.Address);
        await client.SendAsync("GET / HTTP/1.1\r\n");
        Task<RawResponse> answer = client.ReadHeadAsync();
        await Eventually.IsTrueAsync(
            () =>
            {
                _time.Advance(_second);
                return answer.IsCompleted;
            },
            "Whoever does not end its request is answered.");
        Assert.That((await answer).Status, Is.EqualTo(408));
    }

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddSignaling();
    }

    private static void Listen(IFeatureCollection connection, Action onBeat) =>
        connection.Get<IConnectionHeartbeatFeature>()!.OnHeartbeat(static onBeat => ((Action)onBeat)(), onBeat);

    /// <summary>A connection of Kestrel, served without Kestrel.</summary>
    private sealed class Connection
    {
        private readonly DefaultConnectionContext _context;
        private readonly TaskCompletionSource _http = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Connection()
        {
            _context = new DefaultConnectionContext("connection") { Transport = new MemoryTransport().Server };
            _context.Features.Set<IConnectionHeartbeatFeature>(Kestrel);
        }

        public KestrelHeartbeat Kestrel { get; } = new();

        public Task ServeAsync(HttpHeartbeat heartbeat, Action<ConnectionContext> http) => ConnectionHandover.ServeAsync(
            _context,
            connection =>
            {
                http(connection);
                return _http.Task;
            },
            new KestrelServerLimits(),
            heartbeat);

        public void EndHttp() => _http.SetResult();
    }

    private sealed class KestrelHeartbeat : IConnectionHeartbeatFeature
    {
        public List<(Action<object> Action, object State)> Listeners { get; } = [];

        public void OnHeartbeat(Action<object> action, object state) => Listeners.Add((action, state));

        public void Beat() => Listeners.ForEach(static listener => listener.Action(listener.State));
    }
}
