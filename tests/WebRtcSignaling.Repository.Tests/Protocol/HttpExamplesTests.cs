using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Repository.Tests.Documents;

namespace WebRtcSignaling.Repository.Tests.Protocol;

/// <summary>Runs the HTTP examples of docs/protocol.md, in their order, against a server on Kestrel that knows whom <c>Authorization</c> names.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HttpExamplesTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    private readonly ProtocolMatcher _matcher = new();

    [Test]
    public async Task The_server_does_what_the_examples_show()
    {
        HttpExchange[] exchanges =
        [
            .. MarkdownDocument.Load("docs/protocol.md").Blocks.Where(block => block.Language == "http").SelectMany(block => HttpExchange.ReadAll(block.Text)),
        ];
        Assert.That(exchanges, Has.Length.GreaterThanOrEqualTo(4));
        await using WebApplication app = await StartAsync();
        int port = new Uri(app.Urls.First()).Port;
        foreach (HttpExchange exchange in exchanges)
        {
            await RunAsync(port, exchange);
        }
    }

    [TestCase("nothing")]
    [TestCase("> GET / HTTP/1.1")]
    public void What_is_no_exchange_is_found(string block) =>
        Assert.That(() => HttpExchange.ReadAll(block).Count(), Throws.InstanceOf<FormatException>());

    private static async Task<WebApplication> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSignaling(options => options.AllowedOrigins.Add("https://app.example"));
        WebApplication app = builder.Build();
        app.Use((HttpContext context, RequestDelegate next) =>
        {
            if (context.Request.Headers.Authorization is [{ } name])
            {
                context.User = new(new ClaimsIdentity([new(ClaimTypes.Name, name)], "example"));
            }

            return next(context);
        });
        app.MapSignaling("/signaling");
        app.MapSignalingTickets("/signaling/tickets");
        await app.StartAsync().WaitAsync(_bound);
        return app;
    }

    private async Task RunAsync(int port, HttpExchange exchange)
    {
        string title = string.Join("\n", exchange.Request);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).WaitAsync(_bound);
        string request = $"{_matcher.FillText(title).Replace("\n", "\r\n", StringComparison.Ordinal)}\r\nHost: localhost\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request)).AsTask().WaitAsync(_bound);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var head = new List<string>();
        while (await reader.ReadLineAsync().WaitAsync(_bound) is { Length: > 0 } line)
        {
            head.Add(line);
        }

        Assert.That(head, Is.SupersetOf(exchange.Response), title);
        if (exchange.Body is { } body)
        {
            string length = head.Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))["Content-Length: ".Length..];
            char[] received = new char[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
            await reader.ReadBlockAsync(received).AsTask().WaitAsync(_bound);
            Assert.That(_matcher.Compare(JsonNode.Parse(body), JsonNode.Parse(new string(received))), Is.Null, title);
        }
    }
}
