using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.Endpoints;

[TestFixture]
public sealed class MapSignalingTests
{
    [Test]
    public async Task Two_endpoints_have_applications_of_their_own()
    {
        await using TestApp app = await TestApp.StartAsync(
            builder => builder.Services.AddSignaling(options =>
            {
                options.Applications["chess"] = new();
                options.Applications["go"] = new();
            }),
            web =>
            {
                web.MapSignaling("/chess", endpoint => endpoint.Application = "chess");
                web.MapSignaling("/go", endpoint => endpoint.Application = "go");
                web.MapSignaling();
            });
        using JsonClient chess = await app.ConnectAsync("/chess");
        using JsonClient go = await app.ConnectAsync("/go");
        using JsonClient other = await app.ConnectAsync("/signaling");
        foreach ((JsonClient client, string application) in new[] { (chess, "chess"), (go, "go"), (other, "default") })
        {
            JsonObject welcome = await client.ReadWelcomeAsync();
            Assert.That((string?)welcome["application"], Is.EqualTo(application));
            JsonObject joined = await client.JoinAsync("tea");
            Assert.That((bool)joined["created"]!, Is.True, "Rooms of one name in different applications are different rooms.");
        }

        await Task.WhenAll(chess.CloseAsync(), go.CloseAsync(), other.CloseAsync());
    }

    [Test]
    public async Task Conventions_reach_the_endpoint()
    {
        await using TestApp app = TestApp.Create(
            builder =>
            {
                builder.Services.AddAuthorization().AddCors();
                builder.Services.AddSignaling();
            },
            web => web.MapSignaling("/a").RequireAuthorization().RequireCors("policy").WithMetadata("mark").WithName("signaling"));
        Microsoft.AspNetCore.Http.Endpoint endpoint = ((IEndpointRouteBuilder)app.Web).DataSources.SelectMany(source => source.Endpoints).Single();
        Assert.Multiple(() =>
        {
            Assert.That(endpoint.Metadata.GetMetadata<IAuthorizeData>(), Is.Not.Null);
            Assert.That(endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Cors.Infrastructure.IEnableCorsAttribute>()?.PolicyName, Is.EqualTo("policy"));
            Assert.That(endpoint.Metadata.GetMetadata<string>(), Is.EqualTo("mark"));
            Assert.That(endpoint.Metadata.GetMetadata<EndpointNameMetadata>()?.EndpointName, Is.EqualTo("signaling"));
            Assert.That(endpoint.Metadata.GetMetadata<DisableRequestTimeoutAttribute>(), Is.Not.Null);
            Assert.That(((RouteEndpoint)endpoint).RoutePattern.RawText, Is.EqualTo("/a"));
        });
    }

    [Test]
    public void Without_AddSignaling_it_says_what_to_call()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => TestApp.Create(_ => { }));
        Assert.That(exception.Message, Does.Contain("AddSignaling"));
    }

    [Test]
    public void An_application_that_does_not_exist_is_named()
    {
        var exception = Assert.Throws<InvalidOperationException>(
            () => TestApp.Create(map: web => web.MapSignaling("/chess", endpoint => endpoint.Application = "chess")));
        Assert.That(exception.Message, Does.Contain("'chess'").And.Contain("Signaling:Applications"));
    }

    [Test]
    public async Task Unknown_applications_are_created_where_that_is_allowed()
    {
        await using TestApp app = await TestApp.StartAsync(builder => builder.Services.AddSignaling(options => options.AutoCreateApplications = true));
        using JsonClient client = await app.ConnectAsync("/signaling?application=chess");
        Assert.That((string?)(await client.ReadWelcomeAsync())["application"], Is.EqualTo("chess"));
        await client.CloseAsync();
    }

    [Test]
    public async Task The_limits_of_requests_do_not_end_a_connection()
    {
        await using TestApp app = await TestApp.StartAsync(
            builder =>
            {
                builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromMilliseconds(1) });
                builder.Services.AddSignaling();
                builder.Services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
                {
                    kestrel.Limits.MaxRequestBodySize = 10;
                    kestrel.Limits.MinRequestBodyDataRate = new(1_000_000, TimeSpan.FromSeconds(2));
                    kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMilliseconds(1);
                });
            },
            web =>
            {
                web.UseRequestTimeouts();
                web.MapSignaling();
            });
        using JsonClient client = await app.ConnectAsync();
        await client.ReadWelcomeAsync();
        for (int i = 0; i < 200; i++)
        {
            await client.RoundTripAsync();
        }

        await client.CloseAsync();
    }

    [Test]
    public async Task When_the_web_server_takes_no_more_connections_the_client_is_told_to_try_later()
    {
        await using TestApp app = await TestApp.StartAsync(builder =>
        {
            builder.Services.AddSignaling();
            builder.Services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(
                kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 1);
        });
        using JsonClient first = await app.ConnectAsync();
        await first.ReadWelcomeAsync();
        using RawClient second = await RawClient.ConnectAsync(app.Address);
        await second.SendAsync(RawClient.Handshake(app.Address));
        RawResponse response = await second.ReadResponseAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.Status, Is.EqualTo(503));
            Assert.That(response["Retry-After"], Is.EqualTo("10"));
            Assert.That(response["Sec-WebSocket-Accept"], Is.Null);
        });
        await first.RoundTripAsync();
        await first.CloseAsync();
    }
}
