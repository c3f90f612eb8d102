using Microsoft.Playwright;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.RealClients.Tests.EasyRtc;

/// <summary>The demos that come with open-easyrtc, as they are.</summary>
internal sealed class EasyRtcDemoTests
{
    private const string Frames = "document.getElementById('callerVideo').getVideoPlaybackQuality().totalVideoFrames";

    private SignalingServerProcess _server = null!;

    // One for each test: several demos share an application, and a page that went while it polled may be listed for a while yet.
    [SetUp]
    public async Task StartAsync() => _server = await SignalingServerProcess.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task The_simple_video_demo_calls()
    {
        await using var one = await OpenAsync("demo_audio_video_simple.html");
        await using var two = await OpenAsync("demo_audio_video_simple.html");
        await one.UntilAsync("document.querySelectorAll('#otherClients button').length === 1", "the other's button");
        await one.Page.ClickAsync("#otherClients button");
        foreach (var page in new[] { one, two })
        {
            await page.UntilAsync(Frames + " > 10", "the other's picture");
        }

        var picture = Path.Combine(Repository.Root, "artifacts", "screenshots", "easyrtc-demo.png");
        await one.Page.ScreenshotAsync(new PageScreenshotOptions { Path = picture });
        TestContext.AddTestAttachment(picture);
        await two.KillAsync();
        await one.UntilAsync("document.querySelectorAll('#otherClients button').length === 0", "the other is gone");
    }

    [Test]
    public async Task The_instant_messaging_demo_sends()
    {
        await using var one = await OpenAsync("demo_instant_messaging.html");
        await using var two = await OpenAsync("demo_instant_messaging.html");
        await one.UntilAsync("document.querySelectorAll('#otherClients button').length === 1", "the other's button");
        await one.Page.FillAsync("#sendMessageText", "hello from one");
        await one.Page.ClickAsync("#otherClients button");
        await two.UntilAsync("document.getElementById('conversation').textContent.includes('hello from one')", "the message");
    }

    [TestCase("demo4.html")]
    [TestCase("demo_audio_only.html", true)]
    [TestCase("demo_audio_video.html", true)]
    [TestCase("demo_audio_video_simple_hd.html")]
    [TestCase("demo_connector.html")]
    [TestCase("demo_data_channel_filesharing.html")]
    [TestCase("demo_data_channel_messaging.html")]
    [TestCase("demo_ice_filter.html")]
    [TestCase("demo_instant_messaging_rooms.html", true)]
    [TestCase("demo_lowbandwidth.html")]
    [TestCase("demo_multiparty.html")]
    [TestCase("demo_recording.html")]
    [TestCase("demo_statistics.html")]
    [TestCase("demo_video_only.html", true)]
    public async Task Every_demo_connects(string demo, bool onClick = false)
    {
        await using var page = await OpenAsync(demo);
        if (onClick)
        {
            await page.Page.ClickAsync("#connectButton");
        }

        await page.UntilAsync("!!easyrtc.myEasyrtcid", "connecting");
    }

    private Task<EasyRtcPage> OpenAsync(string demo) => EasyRtcPage.OpenAsync(_server.Address, EasyRtcRelease.Newest, "/demos/" + demo);
}
