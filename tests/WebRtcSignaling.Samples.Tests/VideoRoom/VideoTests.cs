using static Microsoft.Playwright.Assertions;

namespace WebRtcSignaling.Samples.Tests.VideoRoom;

internal sealed class VideoTests : ServerFixture
{
    [Test]
    public async Task Two_pages_see_each_other()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");

        await ann.SeesVideoOfOthersAsync(1);
        await ben.SeesVideoOfOthersAsync(1);

        await Expect(ann.TileOf("Ben")).ToBeVisibleAsync();
        await Expect(ben.TileOf("Ann")).ToBeVisibleAsync();
        await Expect(ben.TileOf("Ann").GetByText("Connecting…")).ToBeHiddenAsync();
        Assert.That(ann.Problems.Concat(ben.Problems), Is.Empty);
    }

    [Test]
    public async Task Three_pages_see_each_other_and_the_last_two_go_on_when_one_leaves()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        var cat = await JoinAsync("Cat");

        foreach (var page in new[] { ann, ben, cat }) await page.SeesVideoOfOthersAsync(2);

        await ben.Page.ClickAsync("#leave");
        await Expect(ann.TileOf("Ben")).ToHaveCountAsync(0);
        await ann.SeesVideoOfOthersAsync(1);
        await cat.SeesVideoOfOthersAsync(1);
        Assert.That(ann.Problems.Concat(ben.Problems).Concat(cat.Problems), Is.Empty);
    }

    [Test]
    public async Task Sound_arrives_too()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await ben.SeesVideoOfOthersAsync(1);

        // The made-up microphone beeps; what is heard of it is measured as samples that are not silence.
        var heard = ben.RemoteTiles.First.Locator("video").EvaluateAsync<bool>(
            """
            async (video) => {
              const context = new AudioContext();
              await context.resume();
              const analyser = context.createAnalyser();
              context.createMediaStreamSource(video.srcObject).connect(analyser);
              const samples = new Uint8Array(analyser.fftSize);
              return new Promise((resolve) => {
                const listen = () => {
                  analyser.getByteTimeDomainData(samples);
                  if (samples.some((sample) => Math.abs(sample - 128) > 8)) resolve(true); else requestAnimationFrame(listen);
                };
                listen();
              });
            }
            """);
        Assert.That(await heard.WaitAsync(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(await ann.RemoteTiles.First.Locator("video").EvaluateAsync<bool>("(video) => video.muted"), Is.False);
        Assert.That(await ann.OwnTile.Locator("video").EvaluateAsync<bool>("(video) => video.muted"), Is.True);
    }

    [Test]
    public async Task A_page_whose_camera_is_refused_joins_and_sees_the_others()
    {
        var ann = await JoinAsync("Ann");
        var ben = await OpenAsync(withDevices: false);
        await Expect(ben.Page.GetByTestId("notice").First).ToContainTextAsync("The browser does not let this page use it.");
        await ben.JoinAsync("Ben");
        await ben.IsInRoomAsync();

        await ben.SeesVideoOfOthersAsync(1);
        await Expect(ann.Badge("Ben", "camera-off")).ToBeVisibleAsync();
        await Expect(ann.Badge("Ben", "mic-off")).ToBeVisibleAsync();
        Assert.That(ann.Problems.Concat(ben.Problems), Is.Empty);
    }

    [Test]
    public async Task Switching_microphone_and_camera_is_shown_to_the_others_and_to_those_who_come_later()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await Expect(ann.TileOf("Ben")).ToBeVisibleAsync();
        await Expect(ann.Badge("Ben", "mic-off")).ToBeHiddenAsync();

        await ben.Page.ClickAsync("#toggle-microphone");
        await Expect(ann.Badge("Ben", "mic-off")).ToBeVisibleAsync();
        await Expect(ben.Badge("Ben", "mic-off")).ToBeVisibleAsync();
        await Expect(ann.Badge("Ben", "camera-off")).ToBeHiddenAsync();
        await ben.Page.ClickAsync("#toggle-camera");
        await Expect(ann.Badge("Ben", "camera-off")).ToBeVisibleAsync();

        var cat = await JoinAsync("Cat");
        await Expect(cat.Badge("Ben", "camera-off")).ToBeVisibleAsync();
        await Expect(cat.Badge("Ben", "mic-off")).ToBeVisibleAsync();
        await Expect(cat.Badge("Ann", "mic-off")).ToBeHiddenAsync();

        await ben.Page.ClickAsync("#toggle-microphone");
        await ben.Page.ClickAsync("#toggle-camera");
        await Expect(ann.Badge("Ben", "mic-off")).ToBeHiddenAsync();
        await Expect(ann.Badge("Ben", "camera-off")).ToBeHiddenAsync();
        await ann.SeesVideoOfOthersAsync(2);
        await cat.SeesVideoOfOthersAsync(2);
    }

    [Test]
    public async Task A_shared_screen_takes_the_place_of_the_camera_until_it_ends()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await ann.SeesVideoOfOthersAsync(1);

        // A browser without a display has no screen to share; a canvas stands in for it.
        await ben.Page.EvaluateAsync(
            """
            () => {
              const canvas = document.createElement('canvas');
              canvas.width = 640;
              canvas.height = 480;
              const context = canvas.getContext('2d');
              const draw = (time) => {
                context.fillStyle = `hsl(${time / 20} 80% 50%)`;
                context.fillRect(0, 0, 640, 480);
                requestAnimationFrame(draw);
              };
              requestAnimationFrame(draw);
              navigator.mediaDevices.getDisplayMedia = async () => canvas.captureStream();
            }
            """);
        await ben.Page.ClickAsync("#toggle-screen");
        await Expect(ann.Badge("Ben", "screen")).ToBeVisibleAsync();
        await Expect(ann.TileOf("Ben").Locator("video")).ToHaveJSPropertyAsync("videoHeight", 480);
        await ann.SeesVideoOfOthersAsync(1);

        await ben.Page.ClickAsync("#toggle-screen");
        await Expect(ann.Badge("Ben", "screen")).ToBeHiddenAsync();
        await Expect(ann.TileOf("Ben").Locator("video")).Not.ToHaveJSPropertyAsync("videoHeight", 480);
        await ann.SeesVideoOfOthersAsync(1);
    }
}
