using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.Hosting;

/// <summary>How the app's end meets clients of every temper. Time passes only as the tests say.</summary>
[TestFixture]
public sealed class ConnectionDrainTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private ManualTimeProvider _time = null!;

    [SetUp]
    public void StartClock() => _time = new ManualTimeProvider();

    [Test]
    public async Task Clients_that_never_read_do_not_hold_the_app()
    {
        await using TestApp app = await StartAsync(options => options.WebSockets.MaxOutboxBytes = 32 * 1024 * 1024);
        using JsonClient ann = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        var silent = new List<RawClient>();
        for (int i = 0; i < 5; i++)
        {
            RawClient client = await RawClient.OpenAsync(app.Address, receiveBufferBytes: 4_096);
            silent.Add(client);
            await client.SendTextAsync("""{"type":"room-join","room":"tea"}""");
            await ann.ReceiveAsync("client-joined");
        }

        string data = new('x', 60_000);
        for (int i = 0; i < 100; i++)
        {
            await ann.SendAsync($$"""{"type":"message-send","room":"tea","data":"{{data}}"}""");
        }

        await ann.RoundTripAsync();
        Task stopped = app.StopAsync();
        Assert.That(await ann.ReceiveCloseAsync(), Is.EqualTo(1001));
        await PassAsync(20 * _second, stopped);
        await stopped;
        Assert.That(app.Connections.Count, Is.Zero);
        silent.ForEach(client => client.Dispose());
    }

    [Test]
    public async Task Whoever_has_not_gone_when_most_of_the_shutdown_time_is_over_is_aborted()
    {
        await using TestApp app = await StartAsync(
            options => options.WebSockets.CloseTimeout = TimeSpan.FromHours(1), shutdownTimeout: TimeSpan.FromMinutes(2));
        using RawClient client = await RawClient.OpenAsync(app.Address);
        await client.ReadFrameAsync();
        Task stopped = app.StopAsync();
        (int goAway, byte[] _) = await client.ReadFrameAsync();
        Assert.That(goAway, Is.EqualTo(1));
        (int opcode, byte[] _) = await client.ReadFrameAsync();
        Assert.That(opcode, Is.EqualTo(8));
        await PassAsync(TimeSpan.FromSeconds(110), stopped);
        Assert.That(stopped.IsCompleted, Is.False, "Most of the shutdown time was not over yet.");
        await PassAsync(20 * _second, stopped);
        await stopped;
        Assert.Multiple(() =>
        {
            Assert.That(app.Connections.Count, Is.Zero);
            Assert.That(app.Log.Problems, Has.One.Contains("1 connections did not end in time"));
        });
        app.Log.Clear();
    }

    [Test]
    public async Task Clients_that_come_back_at_once_are_told_to_try_again()
    {
        await using TestApp app = await StartAsync();
        using RawClient first = await RawClient.OpenAsync(app.Address);
        await first.ReadFrameAsync();
        Task stopped = app.StopAsync();
        (int _, byte[] goAway) = await first.ReadFrameAsync();
        (int opcode, byte[] close) = await first.ReadFrameAsync();
        using RawClient second = await RawClient.ConnectAsync(app.Address);
        await second.SendAsync(RawClient.Handshake(app.Address));
        RawResponse response = await second.ReadResponseAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(goAway), Does.Match("^{\"type\":\"goaway\",\"retryAfter\":([5-9][0-9]{3}|10000)}$"));
            Assert.That(opcode, Is.EqualTo(8));
            Assert.That(Encoding.UTF8.GetString(close.AsSpan(2)), Does.Contain("try again"));
            Assert.That(response.Status, Is.EqualTo(503));
            Assert.That(response["Retry-After"], Is.EqualTo("1"));
            Assert.That(stopped.IsCompleted, Is.False);
        });
        await first.SendAsync(ClientFrames.Close(1001));
        await stopped;
    }

    [Test]
    public async Task Clients_that_have_not_said_hello_are_told_to_go_as_well()
    {
        await using TestApp app = await StartAsync(options => options.WebSockets.RequireHello = true);
        using JsonClient client = await app.ConnectAsync();
        await Eventually.IsTrueAsync(() => app.Endpoint.ConnectionCount == 1, "The connection is served.");
        Task stopped = app.StopAsync();
        await Eventually.IsTrueAsync(() => app.Server.Stopped.IsCancellationRequested, "The server stops.");
        _time.Advance(_second);
        Assert.That(await client.ReceiveCloseAsync(), Is.EqualTo(1001));
        await stopped;
    }

    [Test]
    public async Task The_server_stops_as_soon_as_the_app_is_told_to()
    {
        await using TestApp app = await StartAsync();
        using JsonClient client = await app.ConnectAsync();
        await client.ReadWelcomeAsync();
        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.That(app.Server.IsStopping, Is.True);
        Assert.That(await client.ReceiveCloseAsync(), Is.EqualTo(1001));
    }

    [Test]
    public async Task Clients_go_in_waves_that_leave_half_of_the_shutdown_time_for_closing()
    {
        // Minutes, because the host measures its shutdown time by the real clock, too.
        TimeSpan minute = 60 * _second;
        await using TestApp app = await StartAsync(
            options =>
            {
                options.Drain.WaveSize = 1;
                options.Drain.WaveInterval = minute;
                options.Drain.Timeout = 5 * minute;
                options.WebSockets.PingInterval = options.WebSockets.CloseTimeout = 60 * minute;
            },
            shutdownTimeout: 4 * minute);
        var clients = new List<JsonClient>();
        for (int i = 0; i < 6; i++)
        {
            clients.Add(await app.ConnectAsync());
            await clients[i].ReadWelcomeAsync();
            await clients[i].JoinAsync("tea");
        }

        int timers = _time.ActiveTimers;
        Task stopped = app.StopAsync();
        foreach (int left in (int[])[4, 2])
        {
            // Besides the time until the next wave, that of the app's patience runs.
            await Eventually.IsTrueAsync(() => app.Server.SessionCount == left && _time.ActiveTimers == timers + 2, $"{left} are left.");
            Assert.That(stopped.IsCompleted, Is.False);
            _time.Advance(minute);
        }

        Assert.That(await Task.WhenAll(clients.Select(client => client.ReceiveCloseAsync())), Is.All.EqualTo(1001));
        await stopped;
        clients.ForEach(client => client.Dispose());
    }

    [Test]
    public async Task The_app_is_down_in_its_time_also_when_its_clients_come_back_again_and_again_and_some_never_read()
    {
        await using TestApp app = await StartAsync(options =>
        {
            options.Drain.WaveSize = 1;
            options.WebSockets.CloseTimeout = TimeSpan.FromHours(1);
        });
        var silent = new List<RawClient>();
        for (int i = 0; i < 4; i++)
        {
            silent.Add(await RawClient.OpenAsync(app.Address));
        }

        Task stopped = app.StopAsync();
        int refused = 0;
        Task[] comingBack = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => KnockAsync(app, stopped, () => Interlocked.Increment(ref refused))))];
        await Eventually.IsTrueAsync(() => Volatile.Read(ref refused) > 20, "They are told to go away, and come back.");
        await PassAsync(30 * _second, stopped);

        // The clock stands still from here on: nothing waits for more than the shutdown time.
        await stopped;
        await Task.WhenAll(comingBack);
        Assert.That(app.Connections.Count, Is.Zero);
        app.Log.Clear();
        silent.ForEach(client => client.Dispose());
    }

    [Test]
    public async Task An_app_without_clients_stops_at_once()
    {
        await using TestApp app = await StartAsync();
        await app.StopAsync();
        Assert.That(app.Server.IsStopping, Is.True);
    }

    private Task<TestApp> StartAsync(Action<SignalingHostOptions>? options = null, TimeSpan? shutdownTimeout = null) => TestApp.StartAsync(builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddSignaling(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = shutdownTimeout ?? TimeSpan.FromSeconds(30));
    });

    /// <summary>Connects until the app is down.</summary>
    private static async Task KnockAsync(TestApp app, Task stopped, Action onRefused)
    {
        while (!stopped.IsCompleted)
        {
            try
            {
                using RawClient client = await RawClient.ConnectAsync(app.Address);
                await client.SendAsync(RawClient.Handshake(app.Address));
                Assert.That((await client.ReadResponseAsync()).Status, Is.EqualTo(503));
                onRefused();
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
            {
                // The web server itself has stopped by now.
            }
        }
    }

    /// <summary>Lets time pass in seconds, as it does, so that whatever begins a little later still gets its share.</summary>
    private async Task PassAsync(TimeSpan time, Task until)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time && !until.IsCompleted; passed += _second)
        {
            _time.Advance(_second);
            await Task.Yield();
        }
    }
}
