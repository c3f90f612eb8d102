using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace WebRtcSignaling.Samples.Tests.Classroom;

/// <summary>Somebody with a browser's cookies and, once connected, a WebSocket, which gets its ticket and nothing else.</summary>
internal sealed class SignedInUser(Uri server) : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { BaseAddress = server };
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[16 * 1024];

    /// <summary>Its id, once it is connected.</summary>
    public string ClientId { get; private set; } = "";

    public async Task<HttpStatusCode> SignInAsync(string name, string password)
    {
        using var answer = await _http.PostAsJsonAsync("/sign-in", new { name, password }).WaitAsync(Bound);
        return answer.StatusCode;
    }

    public async Task<JsonObject?> AskWhoAsync()
    {
        using var answer = await _http.GetAsync(new Uri("/me", UriKind.Relative)).WaitAsync(Bound);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject() : null;
    }

    public async Task<(HttpStatusCode Status, string? Ticket)> GetTicketAsync()
    {
        using var answer = await _http.PostAsync(new Uri("/signaling/tickets", UriKind.Relative), content: null).WaitAsync(Bound);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["ticket"] : null);
    }

    /// <summary>Opens a WebSocket with this ticket, as a page does.</summary>
    public async Task<HttpStatusCode> OpenAsync(string? ticket)
    {
        _socket.Options.CollectHttpResponseDetails = true;
        _socket.Options.AddSubProtocol("webrtc-signaling.v1");
        if (ticket is not null) _socket.Options.AddSubProtocol("ticket." + ticket);
        try
        {
            await _socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/signaling" }.Uri, CancellationToken.None).WaitAsync(Bound);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return _socket.HttpStatusCode;
    }

    /// <summary>Signs in, and enters under this name.</summary>
    public static async Task<SignedInUser> EnterAsync(Uri server, string name, string password)
    {
        var user = new SignedInUser(server);
        Assert.That(await user.SignInAsync(name, password), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await user.OpenAsync((await user.GetTicketAsync()).Ticket), Is.EqualTo(HttpStatusCode.SwitchingProtocols));
        var welcome = await user.AskAsync($$"""{"type":"hello","username":"{{name}}"}""");
        Assert.That((string?)welcome["type"], Is.EqualTo("welcome"), welcome.ToJsonString());
        user.ClientId = (string)welcome["clientId"]!;
        return user;
    }

    /// <summary>Sends a request; the next message is the answer.</summary>
    public async Task<JsonObject> AskAsync(string json)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).WaitAsync(Bound);
        return await ReceiveAsync();
    }

    public async Task<JsonObject> ReceiveAsync()
    {
        var received = await _socket.ReceiveAsync(_buffer, CancellationToken.None).WaitAsync(Bound);
        Assert.That((received.MessageType, received.EndOfMessage), Is.EqualTo((WebSocketMessageType.Text, true)), _socket.CloseStatusDescription);
        return JsonNode.Parse(_buffer.AsSpan(0, received.Count))!.AsObject();
    }

    public async Task<int?> ReceiveCloseAsync()
    {
        var received = await _socket.ReceiveAsync(_buffer, CancellationToken.None).WaitAsync(Bound);
        Assert.That(received.MessageType, Is.EqualTo(WebSocketMessageType.Close));
        return (int?)_socket.CloseStatus;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _http.Dispose();
    }
}
