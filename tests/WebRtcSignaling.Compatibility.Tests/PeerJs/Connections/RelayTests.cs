using System.Text;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs.Connections;

/// <summary>What clients send each other.</summary>
internal sealed class RelayTests
{
    private PeerJsApp _app;
    private SocketClient _ann;
    private SocketClient _ben;

    [SetUp]
    public async Task ConnectAsync()
    {
        _app = await PeerJsApp.StartAsync();
        _ann = await _app.ConnectAsync("ann");
        _ben = await _app.ConnectAsync("ben");
    }

    [TearDown]
    public async Task StopAsync()
    {
        _ann.Dispose();
        _ben.Dispose();
        await _app.DisposeAsync();
    }

    [TestCase("OFFER")]
    [TestCase("ANSWER")]
    [TestCase("CANDIDATE")]
    [TestCase("LEAVE")]
    [TestCase("EXPIRE")]
    public async Task A_message_arrives_with_its_payload_and_the_sender_that_the_server_knows(string type)
    {
        await _ann.SendAsync($$$"""{"type":"{{{type}}}","src":"somebody","dst":"ben","payload":{ "sdp":"v=0\r\né",  "n":[1,null,1.50] }}""");
        await HeardByBenAsync($$$"""{"type":"{{{type}}}","src":"ann","dst":"ben","payload":{ "sdp":"v=0\r\né",  "n":[1,null,1.50] }}""");
    }

    [TestCase("null")]
    [TestCase("true")]
    [TestCase("-0.5e3")]
    [TestCase("\"text \\u00e9\"")]
    [TestCase("[]")]
    [TestCase("{}")]
    public async Task A_payload_may_be_any_JSON(string payload)
    {
        await _ann.SendAsync($$"""{"payload":{{payload}},"dst":"ben","type":"OFFER"}""");
        await HeardByBenAsync($$"""{"type":"OFFER","src":"ann","dst":"ben","payload":{{payload}}}""");
    }

    [Test]
    public async Task A_message_without_a_payload_arrives_without_one()
    {
        await _ann.SendAsync("""{"type":"LEAVE","dst":"ben"}""");
        await HeardByBenAsync("""{"type":"LEAVE","src":"ann","dst":"ben"}""");
    }

    [TestCase("""{"type":"HEARTBEAT"}""")]
    [TestCase("""{"type":"HEARTBEAT","dst":"ben","payload":1}""")]
    [TestCase("""{"type":"OPEN","dst":"ben"}""")]
    [TestCase("""{"type":"ERROR","dst":"ben","payload":{"msg":"m"}}""")]
    [TestCase("""{"type":"ID-TAKEN","dst":"ben"}""")]
    [TestCase("""{"type":"offer","dst":"ben"}""")]
    [TestCase("""{"type":"","dst":"ben"}""")]
    [TestCase("""{"type":null,"dst":"ben"}""")]
    [TestCase("""{"type":{"type":"OFFER"},"dst":"ben"}""")]
    [TestCase("""{"dst":"ben","payload":1}""")]
    [TestCase("""{"type":"OFFER","payload":1}""")]
    [TestCase("""{"type":"OFFER","dst":"","payload":1}""")]
    [TestCase("""{"type":"OFFER","dst":null,"payload":1}""")]
    [TestCase("""{"type":"OFFER","dst":["ben"],"payload":1}""")]
    [TestCase("""{"type":"LEAVE"}""")]
    [TestCase("""{"type":"OFFER","dst":"\ud800"}""")]
    [TestCase("""["OFFER","ben"]""")]
    [TestCase("null")]
    [TestCase("\"OFFER\"")]
    [TestCase("{")]
    [TestCase("")]
    [TestCase("""{"type":"OFFER","dst":"ben"} {}""")]
    [TestCase("""{"type":"OFFER","dst":"ben","payload":NaN}""")]
    public async Task What_is_nothing_to_pass_on_is_passed_over_in_silence(string message)
    {
        await _ann.SendAsync(message);
        await _ann.SendAsync("""{"type":"OFFER","dst":"ben","payload":"next"}""");
        await HeardByBenAsync("""{"type":"OFFER","src":"ann","dst":"ben","payload":"next"}""");
        await _ben.SendAsync("""{"type":"ANSWER","dst":"ann","payload":"next"}""");
        Assert.That(await _ann.ReceiveAsync(), Is.EqualTo("""{"type":"ANSWER","src":"ben","dst":"ann","payload":"next"}"""));
    }

    [Test]
    public async Task A_payload_that_is_nested_too_deeply_is_passed_over()
    {
        await _ann.SendAsync($$"""{"type":"OFFER","dst":"ben","payload":{{new string('[', 5_000)}}{{new string(']', 5_000)}}}""");
        await _ann.SendAsync("""{"type":"OFFER","dst":"ben"}""");
        await HeardByBenAsync("""{"type":"OFFER","src":"ann","dst":"ben"}""");
    }

    [Test]
    public async Task Of_a_member_that_stands_twice_the_last_counts()
    {
        await _ann.SendAsync("""{"type":"LEAVE","type":"OFFER","dst":"nobody","dst":"ben","payload":1,"payload":2}""");
        await HeardByBenAsync("""{"type":"OFFER","src":"ann","dst":"ben","payload":2}""");
    }

    [Test]
    public async Task Messages_arrive_in_their_order()
    {
        for (int i = 0; i < 150; i++)
        {
            await _ann.SendAsync($$"""{"type":"CANDIDATE","dst":"ben","payload":{{i}}}""");
        }

        for (int i = 0; i < 150; i++)
        {
            await HeardByBenAsync($$"""{"type":"CANDIDATE","src":"ann","dst":"ben","payload":{{i}}}""");
        }
    }

    [Test]
    public async Task A_message_that_is_too_long_ends_its_sender_and_nobody_else()
    {
        await _ann.SendAsync($$"""{"type":"OFFER","dst":"ben","payload":"{{new string('a', 65_536)}}"}""");
        Assert.That(await _ann.ReceiveAsync(), Is.EqualTo("close:1009"));
        using SocketClient cat = await _app.ConnectAsync("cat");
        await cat.SendAsync("""{"type":"OFFER","dst":"ben"}""");
        await HeardByBenAsync("""{"type":"OFFER","src":"cat","dst":"ben"}""");
    }

    [Test]
    public async Task Bytes_end_their_sender()
    {
        await _ann.SendBinaryAsync(Encoding.UTF8.GetBytes("""{"type":"OFFER","dst":"ben"}"""));
        Assert.That(await _ann.ReceiveAsync(), Is.EqualTo("close:1003"));
    }

    [Test]
    public async Task Whoever_sends_too_fast_is_read_more_slowly_and_loses_nothing()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(static options => (options.MaxBurst, options.MaxMessagesPerSecond) = (2, 1));
        using SocketClient ann = await app.ConnectAsync("ann"), ben = await app.ConnectAsync("ben");
        int timers = app.Time.ActiveTimers;
        for (int i = 0; i < 4; i++)
        {
            await ann.SendAsync($$"""{"type":"CANDIDATE","dst":"ben","payload":{{i}}}""");
        }

        Assert.That(await ben.ReceiveAsync(2), Has.All.Contain("CANDIDATE"));
        for (int i = 2; i < 4; i++)
        {
            await Eventually.TrueAsync(() => app.Time.ActiveTimers > timers, "the third waits");
            Task<string> next = ben.ReceiveAsync();
            Assert.That(next.IsCompleted, Is.False);
            app.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.That(await next, Is.EqualTo($$"""{"type":"CANDIDATE","src":"ann","dst":"ben","payload":{{i}}}"""));
        }
    }

    [Test]
    public async Task Keys_are_worlds_of_their_own()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(static options =>
        {
            options.Keys.Add("one");
            options.Keys.Add("two");
        });
        using SocketClient ann = await app.ConnectAsync("ann", key: "one"), ben = await app.ConnectAsync("ben", key: "one");
        using SocketClient other = await app.ConnectAsync("ben", "other", key: "two");
        await ann.SendAsync("""{"type":"OFFER","dst":"ben","payload":1}""");
        Assert.That(await ben.ReceiveAsync(), Does.Contain("OFFER"));
        await other.SendAsync("""{"type":"OFFER","dst":"ann","payload":2}""");
        using SocketClient cat = await app.ConnectAsync("cat", key: "two");
        await other.SendAsync("""{"type":"LEAVE","dst":"cat"}""");
        Assert.That(await cat.ReceiveAsync(), Does.Contain("LEAVE"), "the offer has been dealt with");
        app.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await other.ReceiveAsync(), Is.EqualTo("""{"type":"EXPIRE","src":"ann","dst":"ben"}"""));
    }

    private async Task HeardByBenAsync(string message) => Assert.That(await _ben.ReceiveAsync(), Is.EqualTo(message));
}
