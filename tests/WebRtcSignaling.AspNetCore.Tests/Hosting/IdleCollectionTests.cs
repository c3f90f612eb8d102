using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.Hosting;

/// <summary>An app that collects while it is idle.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class IdleCollectionTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task It_looks_after_the_process_for_as_long_as_the_app_runs()
    {
        using IHost app = Build(seconds: 20);
        Assert.That(_time.ActiveTimers, Is.Zero);

        await app.StartAsync();
        Assert.That(_time.ActiveTimers, Is.EqualTo(1), "once, however often it was added");
        _time.Advance(TimeSpan.FromSeconds(20));

        await app.StopAsync();
        Assert.That(_time.UndisposedTimers, Is.Zero);
    }

    [Test]
    public void A_wrong_setting_stops_the_app_at_its_start()
    {
        using IHost app = Build(seconds: 0);
        Assert.That(async () => await app.StartAsync(), Throws.ArgumentException.With.Message.Contains("Interval"));
    }

    private IHost Build(double seconds)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddIdleCollector();
        builder.Services.AddIdleCollector(options => options.Interval = TimeSpan.FromSeconds(seconds));
        return builder.Build();
    }
}
