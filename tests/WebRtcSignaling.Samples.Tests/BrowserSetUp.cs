using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.Samples.Tests;

[SetUpFixture]
internal sealed class BrowserSetUp
{
    [OneTimeSetUp]
    public Task StartAsync() => ChromiumBrowser.StartAsync();

    [OneTimeTearDown]
    public Task StopAsync() => ChromiumBrowser.StopAsync();
}
