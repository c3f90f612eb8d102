using WebRtcSignaling.Ice;

namespace WebRtcSignaling.Core.Tests.Ice;

public sealed class IceOptionsTests
{
    [Test]
    public void The_defaults_are_valid_and_name_no_server() =>
        Assert.Multiple(() =>
        {
            Assert.That(new IceOptions().Validate("Ice"), Is.Empty);
            Assert.That(new IceOptions().Servers, Is.Empty);
            Assert.That(new IceOptions().TurnUrls, Is.Empty);
            Assert.That(new IceOptions().TurnCredentialLifetime, Is.EqualTo(TimeSpan.FromHours(12)));
        });

    [TestCase("stun:example.org")]
    [TestCase("stuns:example.org:5349")]
    [TestCase("stun:stun.l.example_1.org:1")]
    [TestCase("stun:192.0.2.1:65535")]
    [TestCase("stun:[2001:db8::1]")]
    [TestCase("stun:[::1]:3478")]
    [TestCase("turn:example.org")]
    [TestCase("turn:example.org?transport=udp")]
    [TestCase("turn:example.org:3478?transport=tcp")]
    [TestCase("turns:[2001:db8::1]:5349?transport=tcp")]
    [TestCase("turns:localhost")]
    public void An_address_of_the_forms_of_the_RFCs_is_valid(string uri) => Assert.That(IceServerUri.FindFault(uri), Is.Null);

    [TestCase(null, "empty")]
    [TestCase("", "empty")]
    [TestCase(" ", "begin with")]
    [TestCase("example.org", "begin with")]
    [TestCase("http:example.org", "begin with")]
    [TestCase("STUN:example.org", "lower case")]
    [TestCase(" stun:example.org", "begin with")]
    [TestCase("stun://example.org", "//")]
    [TestCase("stun:", "host")]
    [TestCase("turn::3478", "host")]
    [TestCase("stun:exa mple.org", "host")]
    [TestCase("stun:bücher.example", "host")]
    [TestCase("stun:example.org/path", "host")]
    [TestCase("stun:192.0.2.256", "host")]
    [TestCase("stun:1.2.3", "host")]
    [TestCase("stun:0x7f.0.0.1", "host")]
    [TestCase("stun:a..b", "host")]
    [TestCase("stun:2001:db8::1", "brackets")]
    [TestCase("stun:[2001:db8::1", "host")]
    [TestCase("stun:[192.0.2.1]", "host")]
    [TestCase("stun:[]", "host")]
    [TestCase("stun:[fe80::1%eth0]", "host")]
    [TestCase("stun:[::1]3478", "port")]
    [TestCase("stun:example.org:", "port")]
    [TestCase("stun:example.org:0", "port")]
    [TestCase("stun:example.org:65536", "port")]
    [TestCase("stun:example.org:+80", "port")]
    [TestCase("stun:example.org: 80", "port")]
    [TestCase("stun:example.org:80:80", "port")]
    [TestCase("stun:example.org?transport=udp", "query")]
    [TestCase("turn:example.org?transport=sctp", "query")]
    [TestCase("turn:example.org?transport=", "query")]
    [TestCase("turn:example.org?transport=udp&x=1", "query")]
    [TestCase("turn:example.org?", "query")]
    [TestCase("turn:user:secret@example.org", "user name")]
    public void Any_other_address_is_refused_with_the_reason_but_without_its_text(string? uri, string reason)
    {
        string? fault = IceServerUri.FindFault(uri);

        Assert.That(fault, Does.Contain(reason));
        Assert.That(fault, Does.Not.Contain("example.org").And.Not.Contain("secret"));
    }

    [Test]
    public void Every_wrong_setting_is_named_with_its_path()
    {
        var options = new IceOptions
        {
            Servers =
            {
                new IceServerOptions { Urls = { "stun:ok.example", "stun:" } },
                null!,
                new IceServerOptions { Urls = { "turn:t.example" } },
                new IceServerOptions(),
            },
            TurnUrls = { "stun:example.org", "turn:example.org:99999" },
            TurnCredentialLifetime = TimeSpan.FromSeconds(59),
        };

        string[] names = [.. options.Validate("Signaling:Ice").Select(static message => message.Split(' ')[0])];

        Assert.That(names, Is.EqualTo([
            "Signaling:Ice:Servers:0:Urls:1",
            "Signaling:Ice:Servers:1",
            "Signaling:Ice:Servers:2:Username",
            "Signaling:Ice:Servers:2:Credential",
            "Signaling:Ice:Servers:3:Urls",
            "Signaling:Ice:TurnUrls:0",
            "Signaling:Ice:TurnUrls:1",
            "Signaling:Ice:TurnSharedSecret",
            "Signaling:Ice:TurnCredentialLifetime",
        ]));
    }

    [Test]
    public void A_shared_secret_without_an_address_to_use_it_at_is_refused_without_showing_it()
    {
        string message = new IceOptions { TurnSharedSecret = "top-secret" }.Validate("Ice").Single();

        Assert.That(message, Does.StartWith("Ice:TurnUrls ").And.Not.Contain("top-secret"));
    }

    [TestCase(59, false)]
    [TestCase(60, true)]
    [TestCase(30 * 86_400, true)]
    [TestCase(30 * 86_400 + 1, false)]
    public void The_lifetime_of_credentials_has_limits(int seconds, bool valid) =>
        Assert.That(new IceOptions { TurnCredentialLifetime = TimeSpan.FromSeconds(seconds) }.Validate("Ice").Any(), Is.Not.EqualTo(valid));
}
