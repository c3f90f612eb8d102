using System.Globalization;
using System.Text.Json.Nodes;
using WebRtcSignaling.AspNetCore.Tests.Apps;

namespace WebRtcSignaling.AspNetCore.Tests.MessageBoxes;

/// <summary>Uses message boxes over HTTP.</summary>
internal sealed class MessageBoxClient(TestApp app) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://{app.Address}"), Timeout = TestApp.Bound };

    public HttpClient Http => _http;

    public async Task<string> CreateAsync() => Data(await GetAsync(""), "created").GetValue<string>();

    public async Task<int> PutAsync(string box, string message) =>
        Data(await GetAsync($"?box={box}&msg={Uri.EscapeDataString(message)}"), "ack").GetValue<int>();

    public async Task<int> PostAsync(string box, string message)
    {
        using var content = new StringContent(message);
        return Data(await SendAsync(HttpMethod.Post, $"?box={box}", content), "ack").GetValue<int>();
    }

    public async Task<string[]> TakeAsync(string box, double wait = 0) => Messages(await GetAsync(
        $"?box={box}{(wait > 0 ? $"&wait={wait.ToString(CultureInfo.InvariantCulture)}" : "")}"));

    public static string[] Messages(JsonObject answer) => [.. Data(answer, "msgs").AsArray().Select(static message => message!.GetValue<string>())];

    public Task<JsonObject> GetAsync(string query) => SendAsync(HttpMethod.Get, query);

    /// <summary>Sends a request that must be answered with 200.</summary>
    public async Task<JsonObject> SendAsync(HttpMethod method, string query, HttpContent? content = null)
    {
        (int status, JsonObject answer) = await AskAsync(method, query, content);
        Assert.That(status, Is.EqualTo(200), answer.ToJsonString());
        return answer;
    }

    /// <summary>Sends a request and reads whatever the answer is.</summary>
    public async Task<(int Status, JsonObject Answer)> AskAsync(HttpMethod method, string query, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, "/box" + query) { Content = content };
        using HttpResponseMessage response = await _http.SendAsync(request);
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json; charset=utf-8"));
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public void Dispose() => _http.Dispose();

    private static JsonNode Data(JsonObject answer, string type)
    {
        Assert.That((string?)answer["type"], Is.EqualTo(type), answer.ToJsonString());
        return answer["data"]!;
    }
}
