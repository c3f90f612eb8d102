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

    private static Task<TestApp> StartAsync(HealthStatus? failureStatus = null) => TestApp.StartAsync(builder =>
    {
        builder.Services.AddSignaling();
        builder.Services.AddHealthChecks().AddSignalingCheck("calls", failureStatus, ["ready"]);
    });

    private static async Task<HealthReportEntry> CheckAsync(TestApp app)
    {
        HealthReport report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"));
        return report.Entries["calls"];
    }
}
