using System.Net;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Http;

/// <summary>In version 3 others hear a client's session name; it must not be enough to speak or listen in its place.</summary>
internal sealed class BrowserCookieTests
{
    [Test]
    public async Task A_browser_gets_a_secret_that_no_script_reads()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient http = app.CreateHttpClient();
        using HttpResponseMessage response = await http.GetAsync("/socket.io/?EIO=3&transport=polling");
        Assert.That(
            response.Headers.GetValues("Set-Cookie").Single(),
            Does.Match("^io-[A-Za-z0-9_-]{6}=[A-Za-z0-9_-]{22}; path=/; samesite=lax; httponly$"));
    }

    [Test]
    public async Task Over_HTTPS_pages_of_other_origins_get_it_back_too()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient http = app.CreateHttpClient();
        http.BaseAddress = new Uri("https://localhost");
        using HttpResponseMessage response = await http.GetAsync("/socket.io/?EIO=3&transport=polling");
        Assert.That(response.Headers.GetValues("Set-Cookie").Single(), Does.EndWith("; secure; samesite=none; httponly"));
    }

    [Test]
    public async Task Whoever_knows_only_the_name_can_neither_listen_nor_speak()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient browser = app.CreateHttpClient();
        using var client = new PollingClient(browser, 3);
        await client.OpenAsync();
        browser.DefaultRequestHeaders.Add("Cookie", client.Cookie);
        await client.PostAsync("""42["echo",1]""");

        using HttpClient thief = app.CreateHttpClient();
        using HttpResponseMessage poll = await thief.GetAsync(client.Query);
        using HttpResponseMessage post = await thief.PostAsync(client.Query, new StringContent("1:1"));
        Assert.That(await Refusal.ReadAsync(poll), Is.EqualTo("403 4"));
        Assert.That(await Refusal.ReadAsync(post), Is.EqualTo("403 4"));
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenSocketAsync(3, client.Sid));
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { """42["echoed",1]""" }));
    }

    [Test]
    public async Task Sessions_of_one_browser_that_begin_at_once_both_go_on()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient browser = app.CreateHttpClient();
        using var one = new PollingClient(browser, 3);
        using var other = new PollingClient(browser, 3);
        await one.OpenAsync();
        await other.OpenAsync();
        foreach (string cookies in new[] { one.Cookie!, $"{one.Cookie}; {other.Cookie}; io=of-another-server" })
        {
            browser.DefaultRequestHeaders.Remove("Cookie");
            browser.DefaultRequestHeaders.Add("Cookie", cookies);
            await one.PostAsync("""42["echo",1]""");
            Assert.That(await one.PollAsync(), Is.EqualTo(new[] { """42["echoed",1]""" }));
        }

        await other.PostAsync("""42["echo",2]""");
        Assert.That(await other.PollAsync(), Is.EqualTo(new[] { """42["echoed",2]""" }));
    }

    [Test]
    public async Task Who_keeps_no_cookies_goes_on_without()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using PollingClient client = await app.OpenPollingAsync(3);
        await client.PostAsync("""42["echo",1]""");
        Assert.That(await client.PollAsync(), Is.EqualTo(new[] { """42["echoed",1]""" }));
    }

    [Test]
    public async Task All_sessions_of_a_browser_share_the_secret_and_a_strange_one_is_none()
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync();
        using HttpClient http = app.CreateHttpClient();
        http.DefaultRequestHeaders.Add("Cookie", "io-0a1b2c=0123456789ABCDEFGHIJ_-");
        using HttpResponseMessage kept = await http.GetAsync("/socket.io/?EIO=3&transport=polling");
        http.DefaultRequestHeaders.Remove("Cookie");
        http.DefaultRequestHeaders.Add("Cookie", "io=pc7xDVWF4oQA_BINAAAA; io-0a1b2c=short");
        using HttpResponseMessage replaced = await http.GetAsync("/socket.io/?EIO=3&transport=polling");
        Assert.Multiple(() =>
        {
            Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(kept.Headers.Contains("Set-Cookie"), Is.False);
            Assert.That(replaced.Headers.Contains("Set-Cookie"));
        });
    }
}
