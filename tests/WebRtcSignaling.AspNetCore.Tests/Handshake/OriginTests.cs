using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.Handshake;

[TestFixture]
public sealed class OriginTests
{
    [TestCase(null, ExpectedResult = 101, Description = "No browser.")]
    [TestCase("http://chat.example", ExpectedResult = 101, Description = "The server's own.")]
    [TestCase("http://CHAT.example:80", ExpectedResult = 101)]
    [TestCase("https://chat.example", ExpectedResult = 403)]
    [TestCase("http://chat.example:8080", ExpectedResult = 403)]
    [TestCase("http://evil.example", ExpectedResult = 403)]
    [TestCase("http://chat.example.evil.example", ExpectedResult = 403)]
    [TestCase("null", ExpectedResult = 403)]
    [TestCase("", ExpectedResult = 403)]
    [TestCase("nonsense", ExpectedResult = 403)]
    public Task<int> By_default_only_the_servers_own_origin_may_connect(string? origin) => ConnectAsync(origin, []);

    [TestCase("https://app.example", ExpectedResult = 101)]
    [TestCase("https://a.b.example.org", ExpectedResult = 101)]
    [TestCase("https://example.org", ExpectedResult = 403)]
    [TestCase("http://chat.example", ExpectedResult = 101)]
    [TestCase("https://evil.example", ExpectedResult = 403)]
    public Task<int> Allowed_origins_may_connect_as_well(string origin) =>
        ConnectAsync(origin, ["https://app.example", "https://*.example.org"]);

    [TestCase("https://evil.example")]
    [TestCase("null")]
    public async Task A_star_allows_all(string origin) => Assert.That(await ConnectAsync(origin, ["*"]), Is.EqualTo(101));

    [Test]
    public async Task A_refused_page_is_told_which_setting_to_change()
    {
        await using TestApp app = await TestApp.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(app.Address);
        await client.SendAsync(RawClient.Handshake(app.Address, changes: ("Origin", "https://evil.example")));
        RawResponse response = await client.ReadResponseAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.Status, Is.EqualTo(403));
            Assert.That(response.Body, Does.Contain("AllowedOrigins").And.Not.Contain("evil"));
        });
    }

    private static async Task<int> ConnectAsync(string? origin, string[] allowed)
    {
        await using TestApp app = await TestApp.StartAsync(
            settings: allowed.Select((entry, i) => KeyValuePair.Create($"Signaling:AllowedOrigins:{i}", (string?)entry)));
        using RawClient client = await RawClient.ConnectAsync(app.Address);
        await client.SendAsync(RawClient.Handshake(app.Address, changes: [("Host", "chat.example"), ("Origin", origin)]));
        return (await client.ReadHeadAsync()).Status;
    }
}
