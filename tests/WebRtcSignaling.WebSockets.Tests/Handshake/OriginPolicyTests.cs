using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Tests.Handshake;

public sealed class OriginPolicyTests
{
    private static readonly string[] Nobody = [];

    [Test]
    public void A_request_without_an_origin_comes_from_no_browser_and_is_allowed() => Assert.Multiple(() =>
    {
        Assert.That(new OriginPolicy(Nobody).Allows(null, "http", "example.org"), Is.True);
        Assert.That(new OriginPolicy(["https://a.org"]).Allows(null, "http", "not a host"), Is.True);
    });

    [TestCase("http://example.org", "http", "example.org")]
    [TestCase("http://example.org:80", "http", "example.org")]
    [TestCase("http://example.org", "http", "example.org:80")]
    [TestCase("https://example.org", "https", "example.org:443")]
    [TestCase("https://example.org:8443", "https", "example.org:8443")]
    [TestCase("HTTP://EXAMPLE.org", "http", "Example.ORG")]
    [TestCase("http://[::1]:5080", "http", "[::1]:5080")]
    [TestCase("http://[::1]", "http", "[0:0:0:0:0:0:0:1]")]
    [TestCase("http://[2001:DB8::1]", "http", "[2001:db8::1]:80")]
    [TestCase("http://127.0.0.1:5080", "http", "127.0.0.1:5080")]
    [TestCase("http://game_server:5080", "http", "game_server:5080")]
    public void The_servers_own_origin_is_always_allowed(string origin, string scheme, string host) => Assert.Multiple(() =>
    {
        Assert.That(new OriginPolicy(Nobody).Allows(origin, scheme, host), Is.True);
        Assert.That(new OriginPolicy(["https://elsewhere.org"]).Allows(origin, scheme, host), Is.True);
    });

    [TestCase("https://example.org", "http", "example.org", Description = "another scheme")]
    [TestCase("http://example.org:8080", "http", "example.org", Description = "another port")]
    [TestCase("http://example.org", "http", "example.org:8080", Description = "another port")]
    [TestCase("http://example.org:443", "http", "example.org:80", Description = "another port")]
    [TestCase("http://www.example.org", "http", "example.org", Description = "another host")]
    [TestCase("http://example.org.", "http", "example.org", Description = "another host")]
    [TestCase("http://example.org.evil.net", "http", "example.org")]
    [TestCase("http://evilexample.org", "http", "example.org")]
    [TestCase("http://[::1]", "http", "[::2]")]
    [TestCase("null", "http", "example.org")]
    [TestCase("", "http", "example.org")]
    [TestCase("example.org", "http", "example.org")]
    [TestCase("http://example.org/", "http", "example.org")]
    [TestCase("http://example.org http://example.org", "http", "example.org")]
    [TestCase("http://user@example.org", "http", "example.org")]
    [TestCase("http://example.org:", "http", "other.org")]
    [TestCase("http://example.org:65536", "http", "example.org:65536")]
    [TestCase("http://example.org:+80", "http", "example.org")]
    [TestCase("http://", "http", "")]
    [TestCase("null", "http", "null")]
    [TestCase("http://[::1", "http", "[::1")]
    [TestCase("http://[]", "http", "[]")]
    [TestCase("http://[127.0.0.1]", "http", "[127.0.0.1]")]
    [TestCase("http://[fe80::1%eth0]", "http", "[fe80::1%eth0]")]
    [TestCase("http://a..b", "http", "a..b")]
    [TestCase("http://.a", "http", ".a")]
    public void Nobody_elses_origin_is_allowed_by_default(string origin, string scheme, string host) =>
        Assert.That(new OriginPolicy(Nobody).Allows(origin, scheme, host), Is.False);

    [TestCase("https://example.org", "https://example.org", true)]
    [TestCase("https://example.org", "https://example.org:443", true)]
    [TestCase("https://example.org:443", "https://example.org", true)]
    [TestCase("HTTPS://Example.Org", "https://example.org", true)]
    [TestCase("http://localhost:5173", "http://localhost:5173", true)]
    [TestCase("http://[0::1]:80", "http://[::1]", true)]
    [TestCase("capacitor://localhost", "capacitor://localhost", true)]
    [TestCase("https://example.org", "http://example.org", false)]
    [TestCase("https://example.org", "https://example.org:8443", false)]
    [TestCase("https://example.org", "https://www.example.org", false)]
    [TestCase("https://example.org", "https://example.org.evil.net", false)]
    [TestCase("http://localhost:5173", "http://localhost", false)]
    [TestCase("capacitor://localhost", "capacitor://localhost:80", false)]
    public void An_origin_in_the_list_is_allowed_exactly(string entry, string origin, bool isAllowed) =>
        Assert.That(new OriginPolicy(["https://other.net", entry]).Allows(origin, "http", "server"), Is.EqualTo(isAllowed));

    [TestCase("https://*.example.org", "https://a.example.org", true)]
    [TestCase("https://*.example.org", "https://a.b.example.org", true)]
    [TestCase("https://*.example.org", "https://A.EXAMPLE.org:443", true)]
    [TestCase("https://*.example.org:8443", "https://a.example.org:8443", true)]
    [TestCase("https://*.example.org", "https://example.org", false)]
    [TestCase("https://*.example.org", "https://.example.org", false)]
    [TestCase("https://*.example.org", "https://aexample.org", false)]
    [TestCase("https://*.example.org", "https://a.example.org.evil.net", false)]
    [TestCase("https://*.example.org", "http://a.example.org", false)]
    [TestCase("https://*.example.org", "https://a.example.org:8443", false)]
    [TestCase("https://*.example.org", "https://evil.net/.example.org", false)]
    [TestCase("https://*.example.org", "https://evil.net?.example.org", false)]
    [TestCase("https://*.example.org", "https://*.example.org", false)]
    public void A_wildcard_allows_what_is_below_it(string entry, string origin, bool isAllowed) =>
        Assert.That(new OriginPolicy([entry]).Allows(origin, "http", "server"), Is.EqualTo(isAllowed));

    [TestCase("https://anything.example")]
    [TestCase("null")]
    [TestCase("no origin at all")]
    [TestCase("")]
    public void An_asterisk_allows_everybody(string origin) =>
        Assert.That(new OriginPolicy(["*"]).Allows(origin, "http", "server"), Is.True);

    [Test]
    public void Pages_without_an_origin_of_their_own_are_allowed_by_name_only() => Assert.Multiple(() =>
    {
        Assert.That(new OriginPolicy(["null"]).Allows("null", "http", "server"), Is.True);
        Assert.That(new OriginPolicy(["null"]).Allows("https://example.org", "http", "server"), Is.False);
        Assert.That(new OriginPolicy(["https://*.example.org", "https://example.org"]).Allows("null", "http", "server"), Is.False);
    });

    [TestCase("")]
    [TestCase("example.org")]
    [TestCase("https://")]
    [TestCase("https://example.org/")]
    [TestCase("https://example.org/path")]
    [TestCase("https://example.org?x")]
    [TestCase("https://user@example.org")]
    [TestCase("https://exa mple.org")]
    [TestCase(" https://example.org")]
    [TestCase("https://example.org:0x50")]
    [TestCase("https://example.org:99999")]
    [TestCase("https://*example.org")]
    [TestCase("https://*")]
    [TestCase("https://*.")]
    [TestCase("https://a.*.org")]
    [TestCase("https://*.*.org")]
    [TestCase("https://*.127.0.0.1")]
    [TestCase("https://*.[::1]")]
    [TestCase("*.example.org")]
    [TestCase("**")]
    [TestCase("NULL")]
    [TestCase("1https://example.org")]
    [TestCase("https://caf\u00E9.example")]
    public void A_wrong_entry_is_named_with_its_setting(string entry)
    {
        ArgumentException exception =
            Assert.Throws<ArgumentException>(() => _ = new OriginPolicy(["*", entry], "Signaling:AllowedOrigins"));

        Assert.That(exception.Message, Does.Contain($"Signaling:AllowedOrigins:1 is '{entry}'"));
    }

    [Test]
    public void An_entry_that_is_null_is_a_wrong_one() =>
        Assert.That(OriginPolicy.Validate([null!], "AllowedOrigins").Single(), Does.StartWith("AllowedOrigins:0 is ''"));
}
