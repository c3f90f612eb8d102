using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.MessageBoxes;

/// <summary>A request that waits for a message, on a clock that the test moves.</summary>
internal sealed class LongPollTests
{
    private readonly ManualTimeProvider _time = new();
    private TestApp _app;
    private MessageBoxClient _client;

    private int Waiting => _app.Server.MessageBoxes.Count;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(_time);
                builder.Services.AddSignaling(static options => options.MessageBoxes.MaxWaitsPerBox = 1);
            },
            static app => app.MapMessageBox());
        _client = new MessageBoxClient(_app);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Test]
    public async Task It_is_answered_as_soon_as_a_message_comes()
    {
        Task<string[]> poll = await BeginAsync("abc", 20);
        await _client.PutAsync("abc", "m");
        Assert.That(await poll, Is.EqualTo(new[] { "m" }));
        Assert.That(await _client.TakeAsync("abc"), Is.Empty, "nothing comes twice");
    }

    [Test]
    public async Task It_is_answered_at_once_when_there_are_messages()
    {
        await _client.PutAsync("abc", "m");
        Assert.That(await _client.TakeAsync("abc", 20), Is.EqualTo(new[] { "m" }));
    }

    [TestCase(2.5, 2.5)]
    [TestCase(20, 20)]
    [TestCase(1_000_000_000, 30)]
    public async Task It_ends_empty_after_its_time_and_no_later_than_the_longest(double wait, double seconds)
    {
        Task<string[]> poll = await BeginAsync("abc", wait);
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.That(Waiting, Is.EqualTo(1));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await poll, Is.Empty);
    }

    [Test]
    public async Task One_whose_client_goes_takes_nothing()
    {
        using var gone = new CancellationTokenSource();
        Task<HttpResponseMessage> poll = _client.Http.GetAsync("/box?box=abc&wait=20", gone.Token);
        await Eventually.IsTrueAsync(() => Waiting == 1, "the request waits");
        await gone.CancelAsync();
        Assert.That(async () => await poll, Throws.InstanceOf<OperationCanceledException>());
        await Eventually.IsTrueAsync(() => Waiting == 0, "the wait ends");
        await _client.PutAsync("abc", "m");
        Assert.That(await _client.TakeAsync("abc"), Is.EqualTo(new[] { "m" }));
    }

    [Test]
    public async Task It_ends_when_the_app_stops()
    {
        Task<HttpResponseMessage> poll = _client.Http.GetAsync("/box?box=abc&wait=20");
        await Eventually.IsTrueAsync(() => Waiting == 1, "the request waits");
        await _app.StopAsync();
        using HttpResponseMessage response = await poll;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task No_more_wait_at_one_box_than_may()
    {
        Task<string[]> poll = await BeginAsync("abc", 20);
        (int status, _) = await _client.AskAsync(HttpMethod.Get, "?box=abc&wait=20");
        Assert.That(status, Is.EqualTo(429));
        Assert.That(await _client.TakeAsync("abc"), Is.Empty, "who does not wait is served");
        await _client.PutAsync("abc", "m");
        Assert.That(await poll, Is.EqualTo(new[] { "m" }));
    }

    /// <summary>Begins to wait; the timer of a wait is set just after the wait is counted.</summary>
    private async Task<Task<string[]>> BeginAsync(string box, double wait)
    {
        int timers = _time.ActiveTimers;
        Task<string[]> poll = _client.TakeAsync(box, wait);
        await Eventually.IsTrueAsync(() => Waiting == 1 && _time.ActiveTimers > timers, "the request waits");
        return poll;
    }
}
