using System.Net;
using System.Net.Security;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

public sealed class SignalingListenerOptionsTests
{
    private static readonly ListenEndpoint Somewhere = new(new IPEndPoint(IPAddress.Loopback, 0));

    private static readonly SslServerAuthenticationOptions WithoutCertificate = new();

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("Endpoints", static options => options.Endpoints.Clear());
        yield return Case("Endpoints:1", static options => options.Endpoints.Add(new(new DnsEndPoint("localhost", 80))));
        yield return Case("Endpoints:1", static options => options.Endpoints.Add(new(Somewhere.Address, WithoutCertificate)));
        yield return Case("Endpoints:1", static options => options.Endpoints.Add(null!));
        foreach (string? path in new[] { null, "", "signaling", "/a?b", "/a#b", "/a%41", "/a\n" })
        {
            yield return Case("Path", options => options.Path = path!);
        }

        yield return Case("AllowedOrigins:0", static options => options.AllowedOrigins.Add("example.org"));
        yield return Case("WebSockets:PingInterval", static options => options.WebSockets.PingInterval = TimeSpan.Zero);
        yield return Case("Dialects:0", static options => options.Dialects.Add(null!));
        yield return Case("Dialects:0", static options => options.Dialects.Add(new ShoutDialect("two words")));
        yield return Case("Dialects:0", static options => options.Dialects.Add(new ShoutDialect("webrtc-signaling.v1")));
        yield return Case("Dialects:1", AddTwice);
        yield return Case("HandshakeTimeout", static options => options.HandshakeTimeout = TimeSpan.FromMilliseconds(999));
        yield return Case("HandshakeTimeout", static options => options.HandshakeTimeout = TimeSpan.FromMinutes(11));
        yield return Case("MaxHandshakes", static options => options.MaxHandshakes = 0);
        yield return Case("MaxConnections", static options => options.MaxConnections = -1);
        yield return Case("MaxRequestHeadBytes", static options => options.MaxRequestHeadBytes = 255);
        yield return Case("MaxRequestHeadBytes", static options => options.MaxRequestHeadBytes = 1_048_577);
        yield return Case("MaxRequestFields", static options => options.MaxRequestFields = 0);
        yield return Case("Backlog", static options => options.Backlog = 0);
    }

    [TestCaseSource(nameof(Wrong))]
    public void A_wrong_setting_is_named(string setting, Action<SignalingListenerOptions> configure)
    {
        var options = new SignalingListenerOptions { Endpoints = { Somewhere } };
        configure(options);
        using var server = new SignalingServer();

        ArgumentException exception = Assert.Throws<ArgumentException>(() => _ = new SignalingListener(server, options));

        Assert.Multiple(() =>
        {
            Assert.That(options.Validate().Single(), Does.StartWith($"{setting} "));
            Assert.That(exception.Message, Does.StartWith($"{setting} "));
        });
    }

    [Test]
    public void The_defaults_need_only_an_endpoint() =>
        Assert.That(new SignalingListenerOptions { Endpoints = { Somewhere } }.Validate(), Is.Empty);

    private static void AddTwice(SignalingListenerOptions options)
    {
        options.Dialects.Add(new ShoutDialect());
        options.Dialects.Add(new ShoutDialect());
    }

    private static TestCaseData Case(string setting, Action<SignalingListenerOptions> configure) => new(setting, configure);
}
