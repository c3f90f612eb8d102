using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.Health;

[TestFixture]
public sealed class SignalingCheckTests
{
    [Test]
    public async Task A_server_that_takes_sessions_is_healthy_and_tells_its_numbers()
    {
        await using TestApp app = await StartAsync();
        using JsonClient ann = await app.ConnectAsync();
        using JsonClient ben = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        await ben.ReadWelcomeAsync();
        await ann.JoinAsync("tea");
        HealthReportEntry entry = await CheckAsync(app);
        Assert.Multiple(() =>
        {
            Assert.That(entry.Status, Is.EqualTo(HealthStatus.Healthy));
            Assert.That(entry.Data["sessions"], Is.EqualTo(2));
            Assert.That(entry.Data["connections"], Is.EqualTo(2));
            Assert.That(entry.Data["rooms"], Is.EqualTo(1));
        });
        await Task.WhenAll(ann.CloseAsync(), ben.CloseAsync());
    }

    [TestCase(null, ExpectedResult = HealthStatus.Unhealthy)]
    [TestCase(HealthStatus.Degraded, ExpectedResult = HealthStatus.Degraded)]
    public async Task<HealthStatus> A_server_that_stops_fails_the_check(HealthStatus? failureStatus)
    {
        await using TestApp app = await StartAsync(failureStatus);
        app.Server.Stop();
        HealthStatus status = (await CheckAsync(app)).Status;
        app.Log.Clear(); // The check itself is logged as failed.
        return status;
    }

    [Test]
    public async Task A_full_server_is_degraded_until_there_is_a_place_again()
    {
        await using TestApp app = await StartAsync(maxSessions: 1);
        using JsonClient ann = await app.ConnectAsync();
        await ann.ReadWelcomeAsync();
        HealthReportEntry entry = await CheckAsync(app);
        app.Log.Clear(); // The check itself is logged as degraded.
        Assert.That((entry.Status, entry.Data["maxSessions"]), Is.EqualTo((HealthStatus.Degraded, (object)1)));
        app.Server.Default.Sessions.Single().Dispose();
        Assert.That((await CheckAsync(app)).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    private static Task<TestApp> StartAsync(HealthStatus? failureStatus = null, int maxSessions = 100) => TestApp.StartAsync(builder =>
    {
        builder.Services.AddSignaling(options => options.Sessions.MaxSessions = maxSessions);
        builder.Services.AddHealthChecks().AddSignalingCheck("calls", failureStatus, ["ready"]);
    });

    private static async Task<HealthReportEntry> CheckAsync(TestApp app)
    {
        HealthReport report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"));
        return report.Entries["calls"];
    }
}
