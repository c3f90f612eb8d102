using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Http;

/// <summary>Requests of another account than the one that began the session.</summary>
internal sealed class AccountTests
{
    [TestCase("ben", "403 4")]
    [TestCase("ann", "ok")]
    [TestCase(null, "ok")]
    public async Task A_session_is_not_open_to_other_accounts_and_outlives_its_own(string? account, string answer)
    {
        await using CompatibilityApp app = await CompatibilityApp.StartAsync(map: Authenticate);
        foreach (int version in new[] { 3, 4 })
        {
            using HttpClient http = app.CreateHttpClient();
            http.DefaultRequestHeaders.Add("X-Account", "ann");
            using var client = new PollingClient(http, version);
            await client.OpenAsync();

            using HttpClient other = app.CreateHttpClient();
            if (account is not null)
            {
                other.DefaultRequestHeaders.Add("X-Account", account);
            }

            using HttpResponseMessage posted = await other.PostAsync(client.Query, new StringContent(version == 3 ? "1:6" : "6"));
            Assert.That(posted.IsSuccessStatusCode ? await posted.Content.ReadAsStringAsync() : await Refusal.ReadAsync(posted), Is.EqualTo(answer));
            if (answer != "ok")
            {
                using HttpResponseMessage polled = await other.GetAsync(client.Query);
                Assert.That(await Refusal.ReadAsync(polled), Is.EqualTo(answer));
                Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenSocketAsync(
                    $"/socket.io/?EIO={version}&transport=websocket&sid={client.Sid}", request => request.Headers["X-Account"] = account));
            }

            Assert.That(await client.PostAsync("6"), Is.EqualTo("ok"), "its own client goes on");
        }
    }

    private static void Authenticate(WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.Request.Headers["X-Account"] is [{ } account])
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, account)], "test"));
        }

        return next(context);
    });
}
