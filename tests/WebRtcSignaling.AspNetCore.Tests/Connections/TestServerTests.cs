using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using WebRtcSignaling.AspNetCore.Tests.Apps;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>The test server of ASP.NET Core, which hands out WebSockets but no bytes.</summary>
[TestFixture]
public sealed class TestServerTests : ConnectionConformance
{
    protected override string Transport => "WebSocketTransport";

    // Its WebSockets keep everything in memory that is not read yet.
    protected override bool HasBackpressure => false;

    protected override void UseServer(WebApplicationBuilder builder) => builder.WebHost.UseTestServer();

    protected override async Task<WebSocket> OpenAsync(string target, string[] subProtocols, (string Name, string Value)[] fields)
    {
        WebSocketClient client = App.Web.GetTestServer().CreateWebSocketClient();
        Array.ForEach(subProtocols, client.SubProtocols.Add);
        client.ConfigureRequest = request => Array.ForEach(fields, field => request.Headers[field.Name] = field.Value);
        return await client.ConnectAsync(new Uri($"ws://localhost{target}"), CancellationToken.None).WaitAsync(TestApp.Bound);
    }
}
