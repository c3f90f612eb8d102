using System.Net;
using System.Text.Json.Nodes;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.Tickets;

/// <summary>Asks an app for tickets, and opens WebSockets with them.</summary>
internal sealed class TicketClient(TestApp app) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Sends a request to the endpoint that gives tickets.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, params (string Name, string? Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{app.Address}/signaling/tickets"));
        foreach ((string name, string? value) in fields.Where(field => field.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request).WaitAsync(TestApp.Bound);
    }

    /// <summary>A ticket of this user's.</summary>
    public async Task<string> GetAsync(string? user)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, ("Authorization", user));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["ticket"]!;
    }

    /// <summary>Shakes hands with these sub-protocols, and leaves.</summary>
    public async Task<RawResponse> ShakeHandsAsync(string? subProtocols, params (string Name, string? Value)[] fields)
    {
        using RawClient client = await RawClient.ConnectAsync(app.Address);
        await client.SendAsync(RawClient.Handshake(app.Address, changes: [("Sec-WebSocket-Protocol", subProtocols), .. fields]));
        RawResponse head = await client.ReadHeadAsync();
        if (head.Status == 101)
        {
            return head;
        }

        int length = int.Parse(head["Content-Length"]!, System.Globalization.CultureInfo.InvariantCulture);
        return head with { Body = System.Text.Encoding.UTF8.GetString(await client.ReadAsync(length)) };
    }

    public void Dispose() => _http.Dispose();
}
