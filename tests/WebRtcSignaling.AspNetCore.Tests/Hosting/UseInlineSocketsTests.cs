using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.AspNetCore.Tests.Hosting;

/// <summary>What an app gets that lets its sockets complete inline. No socket is used while the environment says so, so the other tests notice nothing.</summary>
[TestFixture]
[NonParallelizable]
public sealed class UseInlineSocketsTests
{
    private string? _before;

    [SetUp]
    public void Remember() => _before = Environment.GetEnvironmentVariable(InlineSockets.EnvironmentVariable);

    [TearDown]
    public void Restore() => Environment.SetEnvironmentVariable(InlineSockets.EnvironmentVariable, _before);

    [TestCase(null, true, "1")]
    [TestCase("1", true, "1")]
    [TestCase("0", false, "0")]
    public void Kestrel_prefers_inline_scheduling_unless_the_environment_forbids_it(string? given, bool expected, string after)
    {
        Environment.SetEnvironmentVariable(InlineSockets.EnvironmentVariable, given);
        WebApplicationBuilder builder = WebApplication.CreateBuilder();

        Assert.That(builder.WebHost.UseInlineSockets(), Is.SameAs(builder.WebHost));

        using var app = (IDisposable)builder.Build();
        IServiceProvider services = ((WebApplication)app).Services;
        Assert.Multiple(() =>
        {
            Assert.That(services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.UnsafePreferInlineScheduling, Is.EqualTo(expected));
            Assert.That(services.GetServices<IStartupFilter>().OfType<RequestsOnThreadPool>().Count(), Is.EqualTo(expected ? 1 : 0));
            Assert.That(Environment.GetEnvironmentVariable(InlineSockets.EnvironmentVariable), Is.EqualTo(after));
        });
    }

    [Test]
    public async Task Requests_leave_the_thread_on_which_they_came_before_any_code_of_the_app()
    {
        var answered = new TaskCompletionSource<Thread>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        new RequestsOnThreadPool().Configure(next => next.Run(_ =>
        {
            answered.SetResult(Thread.CurrentThread);
            return Task.CompletedTask;
        }))(app);
        RequestDelegate handle = app.Build();
        var reading = new Thread(() => _ = handle(new DefaultHttpContext()));

        reading.Start();

        Thread ran = await answered.Task.WaitAsync(TestApp.Bound);
        Assert.That((ran == reading, ran.IsThreadPoolThread), Is.EqualTo((false, true)));
        Assert.That(reading.Join(TestApp.Bound), Is.True);
    }
}
