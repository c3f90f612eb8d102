using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.MessageBoxes;

/// <summary>Whatever is wrong gets a status, a code and a sentence, and harms nothing.</summary>
internal sealed class RefusedRequestTests
{
    private const string Box = "abc";

    private TestApp _app;
    private MessageBoxClient _client;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(
            map: static app => app.MapMessageBox(),
            settings:
            [
                new("Signaling:MessageBoxes:MaxMessageBytes", "100"),
                new("Signaling:MessageBoxes:MaxBoxBytes", "1000"),
                new("Signaling:MessageBoxes:MaxMessagesPerBox", "3"),
                new("Signaling:MessageBoxes:MaxBoxes", "2"),
            ]);
        _client = new MessageBoxClient(_app);
        await _client.PutAsync(Box, "first");
    }

    [TearDown]
    public async Task StopAsync()
    {
        Assert.That(await _client.TakeAsync(Box), Does.Contain("first"), "what was in the box is still there");
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [TestCase("?box=abc&box=abc")]
    [TestCase("?box=abc&msg=1&msg=2")]
    [TestCase("?box=abc&wait=1&wait=1")]
    [TestCase("?box[]=abc")]
    [TestCase("?box=abc&msg[0]=1")]
    [TestCase("?box=a%20b")]
    [TestCase("?box=..%2Fabc")]
    [TestCase("?box=b%C3%BCchse")]
    [TestCase("?box=abc&wait=-1")]
    [TestCase("?box=abc&wait=soon")]
    [TestCase("?box=abc&wait=1e9")]
    [TestCase("?box=abc&wait=NaN")]
    public Task A_parameter_that_is_doubled_or_malformed_is_refused(string query) => RefusedAsync(HttpMethod.Get, query, null, 400, "invalid-argument");

    [Test]
    public Task A_huge_box_name_is_refused() => RefusedAsync(HttpMethod.Get, "?box=" + new string('a', 5_000), null, 400, "invalid-argument");

    [Test]
    public Task A_huge_message_in_the_query_is_refused() =>
        RefusedAsync(HttpMethod.Get, "?box=abc&msg=" + new string('a', 101), null, 413, "limit-exceeded");

    [Test]
    public Task A_message_is_measured_in_bytes() =>
        RefusedAsync(HttpMethod.Get, "?box=abc&msg=" + Uri.EscapeDataString(new string('é', 51)), null, 413, "limit-exceeded");

    [Test]
    public Task A_huge_message_in_a_form_is_refused() => RefusedAsync(
        HttpMethod.Post, "?box=abc", new FormUrlEncodedContent([new("msg", new string('a', 101))]), 413, "limit-exceeded");

    [TestCase("text/plain", 101)]
    [TestCase("application/x-www-form-urlencoded", 2_000)]
    public Task An_oversize_body_is_refused(string type, int length) => RefusedAsync(
        HttpMethod.Post, "?box=abc", new StringContent(new string('a', length), Encoding.UTF8, type), 413, "limit-exceeded");

    [Test]
    public async Task An_oversize_body_whose_length_nobody_told_is_refused()
    {
        using var content = new StreamContent(new MemoryStream(new byte[300_000]));
        content.Headers.ContentType = new("text/plain");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/box?box=abc") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await _client.Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [TestCase("multipart/form-data; boundary=x")]
    [TestCase("application/octet-stream")]
    [TestCase("text/plain; charset=utf-16")]
    [TestCase("no type")]
    [TestCase(null)]
    public Task A_body_of_another_type_is_refused(string? type)
    {
        var content = new ByteArrayContent("m"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return RefusedAsync(HttpMethod.Post, "?box=abc", content, 415, "invalid-message");
    }

    [Test]
    public Task A_body_that_is_no_UTF_8_is_refused() => RefusedAsync(
        HttpMethod.Post, "?box=abc", new ByteArrayContent([0xC3, 0x28]) { Headers = { ContentType = new("text/plain") } }, 400, "invalid-argument");

    [Test]
    public Task A_message_in_the_query_and_another_in_the_body_are_refused() =>
        RefusedAsync(HttpMethod.Post, "?box=abc&msg=1", new StringContent("2"), 400, "invalid-argument");

    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("PATCH")]
    public async Task Another_method_is_refused(string method)
    {
        await RefusedAsync(new HttpMethod(method), "?box=abc", null, 405, "invalid-message");
        using var request = new HttpRequestMessage(new HttpMethod(method), "/box?box=abc");
        using HttpResponseMessage response = await _client.Http.SendAsync(request);
        Assert.That(response.Content.Headers.Allow, Is.EqualTo(new[] { "GET", "POST" }));
    }

    [Test]
    public async Task HEAD_takes_nothing_out()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/box?box=abc");
        using HttpResponseMessage response = await _client.Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task A_full_box_refuses_and_keeps_what_it_has()
    {
        await _client.PutAsync(Box, "second");
        await _client.PutAsync(Box, "third");
        await RefusedAsync(HttpMethod.Get, "?box=abc&msg=fourth", null, 429, "limit-exceeded");
    }

    [Test]
    public async Task When_no_further_box_can_be_used_it_is_said_when_to_come_back()
    {
        await _client.PutAsync("second", "m");
        using HttpResponseMessage response = await _client.Http.GetAsync("/box?box=third&msg=m");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(24)));
    }

    [Test]
    public async Task When_an_address_has_filled_as_much_as_it_may_it_is_said_when_to_come_back()
    {
        await using TestApp app = await TestApp.StartAsync(
            map: static app => app.MapMessageBox(), settings: [new("Signaling:MessageBoxes:MaxBoxesPerAddress", "1")]);
        using var client = new MessageBoxClient(app);
        await client.PutAsync(Box, "m");
        using HttpResponseMessage response = await client.Http.GetAsync("/box?box=second&msg=m");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(24)));
        Assert.That(await client.TakeAsync(Box), Is.EqualTo(new[] { "m" }));
        await client.PutAsync("second", "m");
    }

    [TestCase("GET /box?box=%00 HTTP/1.1", 400)]
    [TestCase("GET /box?%%%&&==&box=%FF HTTP/1.1", 400)]
    public async Task Bytes_that_make_no_sense_are_answered(string line, int status)
    {
        using RawClient raw = await RawClient.ConnectAsync(_app.Address);
        await raw.SendAsync($"{line}\r\nHost: {_app.Address}\r\n\r\n");
        Assert.That((await raw.ReadResponseAsync()).Status, Is.EqualTo(status));
    }

    private async Task RefusedAsync(HttpMethod method, string query, HttpContent? content, int status, string code)
    {
        (int actual, JsonObject answer) = await _client.AskAsync(method, query, content);
        Assert.Multiple(() =>
        {
            Assert.That(actual, Is.EqualTo(status), answer.ToJsonString());
            Assert.That((string?)answer["type"], Is.EqualTo("error"));
            Assert.That((string?)answer["code"], Is.EqualTo(code));
            Assert.That((string?)answer["data"], Is.Not.Empty);
        });
    }
}
