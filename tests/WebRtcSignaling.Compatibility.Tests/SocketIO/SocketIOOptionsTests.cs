using Microsoft.Extensions.Options;
using WebRtcSignaling.Compatibility.SocketIO;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO;

internal sealed class SocketIOOptionsTests
{
    private static readonly TestCaseData[] _wrong =
    [
        Wrong("PingInterval", static options => options.PingInterval = TimeSpan.FromMilliseconds(999)),
        Wrong("PingTimeout", static options => options.PingTimeout = TimeSpan.FromMinutes(61)),
        Wrong("UpgradeTimeout", static options => options.UpgradeTimeout = TimeSpan.Zero),
        Wrong("ConnectTimeout", static options => options.ConnectTimeout = TimeSpan.FromSeconds(-1)),
        Wrong("CloseTimeout", static options => options.CloseTimeout = Timeout.InfiniteTimeSpan),
        Wrong("MaxPayloadBytes", static options => options.MaxPayloadBytes = 1_023),
        Wrong("MaxBufferedBytes", static options => options.MaxBufferedBytes = 999_999),
        Wrong("MaxAttachments", static options => options.MaxAttachments = -1),
        Wrong("MaxSessions", static options => options.MaxSessions = 0),
    ];

    [Test]
    public void The_defaults_are_right() => Assert.That(new SocketIOOptions().Validate("x"), Is.Empty);

    [TestCaseSource(nameof(_wrong))]
    public void A_wrong_setting_stops_the_app_at_its_start_and_is_named(string name, Action<SocketIOOptions> configure)
    {
        OptionsValidationException? refusal = Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using CompatibilityApp app = await CompatibilityApp.StartAsync(configure);
        });
        Assert.That(refusal!.Message, Does.StartWith($"Signaling:SocketIO:{name} must "));
    }

    private static TestCaseData Wrong(string name, Action<SocketIOOptions> configure) => new TestCaseData(name, configure).SetArgDisplayNames(name);
}
