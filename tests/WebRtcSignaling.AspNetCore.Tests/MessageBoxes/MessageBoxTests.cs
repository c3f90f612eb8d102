using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.AspNetCore.Tests.Apps;

namespace WebRtcSignaling.AspNetCore.Tests.MessageBoxes;

/// <summary>The three actions of the original's document, and how its answers look.</summary>
internal sealed class MessageBoxTests
{
    private TestApp _app;
    private MessageBoxClient _client;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(map: static app =>
        {
            app.MapMessageBox();
            app.MapMessageBox("/box.php");
        });
        _client = new MessageBoxClient(_app);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Test]
    public async Task Alice_and_Bob_find_each_other_as_in_the_document()
    {
        string alice = await _client.CreateAsync();
        string bob = await _client.CreateAsync();
        Assert.That(await _client.TakeAsync(alice), Is.Empty);
        string address = $"http://localhost:8000/box.php?box={bob}";
        Assert.That(await _client.PutAsync(alice, address), Is.EqualTo(1));
        Assert.That(await _client.TakeAsync(alice), Is.EqualTo(new[] { address }));
        Assert.That(await _client.PutAsync(bob, """{"type":"offer","sdp":"v=0\r\n"}"""), Is.EqualTo(1));
        Assert.That(await _client.PutAsync(bob, """{"candidate":"é"}"""), Is.EqualTo(2));
        Assert.That(
            await _client.TakeAsync(bob), Is.EqualTo(new[] { """{"type":"offer","sdp":"v=0\r\n"}""", """{"candidate":"é"}""" }));
        Assert.That(await _client.TakeAsync(bob), Is.Empty);
    }

    [Test]
    public async Task An_answer_has_the_headers_of_the_original_and_no_cookie()
    {
        using HttpResponseMessage response = await _client.Http.GetAsync("/box");
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(response.Headers.GetValues("Cache-Control"), Is.EqualTo(new[] { "no-cache" }));
            Assert.That(response.Headers.GetValues("X-Accel-Buffering"), Is.EqualTo(new[] { "no" }));
            Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
            Assert.That(response.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
        });
    }

    [TestCase("/box.php")]
    [TestCase("/box.php/")]
    [TestCase("/box/")]
    public async Task The_path_of_the_original_works_with_a_slash_at_its_end_too_and_leads_to_the_same_boxes(string path)
    {
        string box = await _client.CreateAsync();
        await _client.PutAsync(box, "m");
        JsonNode answer = JsonNode.Parse(await _client.Http.GetStringAsync($"{path}?box={box}"))!;
        Assert.That(answer.ToJsonString(), Is.EqualTo("""{"type":"msgs","data":["m"]}"""));
    }

    [TestCase("")]
    [TestCase("?msg=m")]
    [TestCase("?box=")]
    [TestCase("?box=&msg=m")]
    [TestCase("?action=delete")]
    [TestCase("?Box=abc&_=17")]
    public async Task Without_a_box_one_is_created_whatever_else_is_said(string query)
    {
        JsonObject answer = await _client.GetAsync(query);
        Assert.That((string?)answer["type"], Is.EqualTo("created"));
        Assert.That((string?)answer["data"], Does.Match("^[0-9a-f]{32}$"));
    }

    [TestCase("")]
    [TestCase("&msg=")]
    [TestCase("&msg")]
    public async Task A_missing_or_empty_message_takes_all(string more)
    {
        string box = await _client.CreateAsync();
        await _client.PutAsync(box, "0");
        Assert.That(MessageBoxClient.Messages(await _client.GetAsync($"?box={box}{more}")), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public async Task A_box_that_nobody_created_is_an_empty_one()
    {
        Assert.That(await _client.TakeAsync("nobody,knows-ME"), Is.Empty);
        Assert.That(await _client.PutAsync("nobody,knows-ME", "m"), Is.EqualTo(1));
        Assert.That(await _client.TakeAsync("nobody,knows-me"), Is.Empty);
        Assert.That(await _client.TakeAsync("nobody,knows-ME"), Is.EqualTo(new[] { "m" }));
    }

    [Test]
    public async Task A_POST_with_the_parameters_in_its_query_is_like_a_GET()
    {
        string box = (string)(await _client.SendAsync(HttpMethod.Post, ""))["data"]!;
        JsonObject ack = await _client.SendAsync(HttpMethod.Post, $"?box={box}&msg=m");
        Assert.That(ack.ToJsonString(), Is.EqualTo("""{"type":"ack","data":1}"""));
        Assert.That(MessageBoxClient.Messages(await _client.SendAsync(HttpMethod.Post, $"?box={box}")), Is.EqualTo(new[] { "m" }));
    }

    [TestCase("text/plain")]
    [TestCase("text/plain; charset=UTF-8")]
    [TestCase("application/json")]
    public async Task The_body_of_a_POST_may_be_the_message(string type)
    {
        string box = await _client.CreateAsync();
        using var content = new StringContent("""{"a":"é + & %41"}""");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        Assert.That((await _client.SendAsync(HttpMethod.Post, $"?box={box}", content)).ToJsonString(), Is.EqualTo("""{"type":"ack","data":1}"""));
        Assert.That(await _client.TakeAsync(box), Is.EqualTo(new[] { """{"a":"é + & %41"}""" }));
    }

    [Test]
    public async Task A_form_may_hold_the_parameters()
    {
        string box = await _client.CreateAsync();
        string message = new('é', 30_000);
        using var form = new FormUrlEncodedContent([new("box", box), new("msg", message)]);
        await _client.SendAsync(HttpMethod.Post, "", form);
        using var rest = new FormUrlEncodedContent([new("msg", "m")]);
        Assert.That((string?)(await _client.SendAsync(HttpMethod.Post, $"?box={box}", rest))["type"], Is.EqualTo("ack"));
        Assert.That(await _client.TakeAsync(box), Is.EqualTo(new[] { message, "m" }));
    }

    [Test]
    public async Task A_message_of_the_greatest_length_arrives()
    {
        string box = await _client.CreateAsync();
        string message = new('m', 64 * 1024);
        Assert.That(await _client.PostAsync(box, message), Is.EqualTo(1));
        Assert.That(await _client.TakeAsync(box), Is.EqualTo(new[] { message }));
    }

    [Test]
    public async Task The_boxes_are_those_of_the_server_that_the_app_injects()
    {
        string box = await _client.CreateAsync();
        await _client.PutAsync(box, "m");
        Assert.That(_app.Server.MessageBoxes.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Neither_a_box_nor_a_message_is_logged()
    {
        string box = await _client.CreateAsync();
        await _client.PutAsync(box, "secret-message");
        await _client.PostAsync(box, "secret-message");
        await _client.AskAsync(HttpMethod.Get, $"?box={box}&box=secret-message");
        await _client.TakeAsync(box);
        string[] lines = [.. _app.Log.All.Where(static line => line.StartsWith(nameof(WebRtcSignaling), StringComparison.Ordinal))];
        Assert.That(lines, Has.Some.Contains("refused with 400"));
        Assert.That(lines, Has.None.Contains(box).And.None.Contains("secret-message"));
    }

    [Test]
    public void Mapping_it_without_AddSignaling_says_what_to_call()
    {
        WebApplication bare = WebApplication.CreateBuilder().Build();
        Assert.That(
            () => bare.MapMessageBox(), Throws.InvalidOperationException.With.Message.Contains("AddSignaling"));
    }

    [Test]
    public async Task Conventions_reach_the_endpoint()
    {
        await using TestApp app = await TestApp.StartAsync(map: static app => app.MapMessageBox().RequireHost("elsewhere.example"));
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.GetAsync($"http://{app.Address}/box");
        Assert.That((int)response.StatusCode, Is.EqualTo(StatusCodes.Status404NotFound));
    }
}
