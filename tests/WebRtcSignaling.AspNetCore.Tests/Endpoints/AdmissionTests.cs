using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.Endpoints;

/// <summary>Limits by address, where the web server says what the address is, and behind a proxy its forwarded headers.</summary>
[TestFixture]
public sealed class AdmissionTests
{
    private const string Here = "203.0.113.7";
    private const string There = "203.0.113.8";

    [Test]
    public async Task Behind_a_proxy_each_address_of_the_forwarded_headers_has_its_own_connections()
    {
        await using TestApp app = await StartAsync(forwarded: true, ("MaxConnectionsPerAddress", "1"));
        using JsonClient first = await ConnectAsync(app, Here);
        RawResponse refused = await TryAsync(app, Here);
        Assert.That((refused.Status, refused["Retry-After"]), Is.EqualTo((429, "10")));
        using JsonClient other = await ConnectAsync(app, There);

        await first.CloseAsync();
        await Eventually.IsTrueAsync(() => app.Server.Admission.CanEnter(IPAddress.Parse(Here)), "a place");
        using JsonClient again = await ConnectAsync(app, Here);
        await again.CloseAsync();
        await other.CloseAsync();
    }

    [Test]
    public async Task A_subscriber_s_addresses_of_IPv6_are_one_and_an_address_of_IPv4_is_one_however_it_is_written()
    {
        await using TestApp app = await StartAsync(forwarded: true, ("MaxConnectionsPerAddress", "1"));
        using JsonClient six = await ConnectAsync(app, "2001:db8:1:2::1");
        using JsonClient next = await ConnectAsync(app, "2001:db8:1:3::1");
        using JsonClient four = await ConnectAsync(app, Here);
        Assert.That((await TryAsync(app, "2001:db8:1:2:ffff::9")).Status, Is.EqualTo(429));
        Assert.That((await TryAsync(app, "::ffff:" + Here)).Status, Is.EqualTo(429));
        await six.CloseAsync();
        await next.CloseAsync();
        await four.CloseAsync();
    }

    [Test]
    public async Task No_header_counts_that_the_app_has_not_chosen_to_believe()
    {
        await using TestApp app = await StartAsync(forwarded: false, ("MaxConnectionsPerAddress", "1"));
        using JsonClient first = await ConnectAsync(app, Here);
        Assert.That((await TryAsync(app, There)).Status, Is.EqualTo(429));
        await first.CloseAsync();
    }

    [Test]
    public async Task Wrong_tickets_are_counted_by_address()
    {
        await using TestApp app = await StartAsync(forwarded: true, ("FailuresPerAddress", "2"), ("FailureIntervalPerAddress", "01:00:00"));
        List<int> statuses = [];
        for (int i = 0; i < 3; i++)
        {
            statuses.Add((await TryAsync(app, Here, "ticket.wrong")).Status);
        }

        Assert.That(statuses, Is.EqualTo(new[] { 401, 401, 429 }));
        RawResponse barred = await TryAsync(app, Here, "ticket.wrong");
        Assert.That(int.Parse(barred["Retry-After"]!, null), Is.InRange(3_500, 3_600));
        Assert.That((await TryAsync(app, There, "ticket.wrong")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Requests_to_message_boxes_are_counted_by_address()
    {
        await using TestApp app = await StartAsync(forwarded: true, ("RequestBurstPerAddress", "2"), ("RequestsPerSecondPerAddress", "1"));
        using var http = new HttpClient { BaseAddress = new Uri($"http://{app.Address}"), Timeout = TestApp.Bound };
        List<int> statuses = [];
        string? retryAfter = null;
        foreach (string address in (string[])[Here, Here, Here, There])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/box");
            request.Headers.Add("X-Forwarded-For", address);
            using HttpResponseMessage response = await http.SendAsync(request);
            statuses.Add((int)response.StatusCode);
            retryAfter ??= response.Headers.RetryAfter?.ToString();
        }

        Assert.That((statuses, retryAfter), Is.EqualTo((new List<int> { 200, 200, 429, 200 }, "1")));
    }

    [TestCase(null, 403)]
    [TestCase("https", 101)]
    public async Task A_page_of_https_belongs_to_the_server_where_a_proxy_says_that_it_ends_TLS(string? forwardedScheme, int status)
    {
        await using TestApp app = await StartAsync(forwarded: true);
        using RawClient client = await RawClient.ConnectAsync(app.Address);
        await client.SendAsync(RawClient.Handshake(
            app.Address, "/signaling", ("X-Forwarded-For", Here), ("X-Forwarded-Proto", forwardedScheme), ("Origin", $"https://{app.Address}")));
        Assert.That((await client.ReadHeadAsync()).Status, Is.EqualTo(status));
    }

    private static Task<TestApp> StartAsync(bool forwarded, params (string Name, string Value)[] admission) => TestApp.StartAsync(
        configure: static builder =>
        {
            // Its clock stands still, so that nothing is forgiven between two requests, however long they take.
            builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider());
            builder.Services.AddSignaling();
        },
        map: app =>
        {
            if (forwarded)
            {
                app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
            }

            app.MapSignaling();
            app.MapMessageBox("/box");
        },
        settings: admission.Select(static setting => new KeyValuePair<string, string?>($"Signaling:Admission:{setting.Name}", setting.Value)));

    private static async Task<JsonClient> ConnectAsync(TestApp app, string address)
    {
        JsonClient client = await app.ConnectAsync("/signaling", ("X-Forwarded-For", address));
        await client.ReadWelcomeAsync();
        return client;
    }

    private static async Task<RawResponse> TryAsync(TestApp app, string address, string? subProtocols = null)
    {
        using RawClient client = await RawClient.ConnectAsync(app.Address);
        await client.SendAsync(RawClient.Handshake(
            app.Address, "/signaling", ("X-Forwarded-For", address), ("Sec-WebSocket-Protocol", subProtocols)));
        return await client.ReadHeadAsync();
    }
}
