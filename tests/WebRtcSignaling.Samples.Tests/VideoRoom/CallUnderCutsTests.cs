using System.Net;
using WebRtcSignaling.Testing.Faults;
using static Microsoft.Playwright.Assertions;

namespace WebRtcSignaling.Samples.Tests.VideoRoom;

/// <summary>A call of three whose signalling connections are cut again and again: the people notice a line of text, and nothing else.</summary>
internal sealed class CallUnderCutsTests : ServerFixture
{
    private const int Cuts = 5;

    /// <summary>However long three pages with video take for what is done while they are cut off, their sessions wait for them.</summary>
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Signaling__Sessions__ResumeTimeout"] = "00:10:00" };

    [Test]
    public async Task What_is_said_and_switched_while_connections_are_cut_arrives_once_and_in_order_and_video_never_stops()
    {
        await using FaultyProxy proxy = FaultyProxy.Start(new IPEndPoint(IPAddress.Loopback, Server.Address.Port));
        var ann = await JoinAsync("Ann");
        RoomPage[] cut = [await JoinAsync("Ben", through: proxy), await JoinAsync("Cat", through: proxy)];
        RoomPage[] all = [ann, .. cut];
        foreach (var page in all) await page.SeesVideoOfOthersAsync(2);
        var connections = await CountConnectionsAsync(all);
        List<string> said = [];

        for (var round = 1; round <= Cuts; round++)
        {
            proxy.IsAway = true;
            Assert.That(await proxy.CutAllAsync(), Is.AtLeast(cut.Length));
            foreach (var page in cut) await Expect(page.Banner).ToContainTextAsync("The connection to the server is lost.");

            await Expect(ann.Badge("Ben", "away")).ToBeVisibleAsync();

            // Both sides go on as if nothing had been.
            await ann.SayAsync($"Ann {round}");
            await Expect(ann.ChatTexts).ToHaveCountAsync(said.Count + 1);
            await ann.Page.ClickAsync("#toggle-microphone");
            await cut[0].SayAsync($"Ben {round}");
            foreach (var page in all) await page.SeesVideoOfOthersAsync(2);
            said.AddRange([$"Ann {round}", $"Ben {round}"]);

            proxy.IsAway = false;
            foreach (var page in cut) await page.Page.DispatchEventAsync("#banner-retry", "click");
            foreach (var page in all)
            {
                await Expect(page.Banner).ToBeHiddenAsync();
                await Expect(page.ChatTexts).ToHaveTextAsync(said);
            }

            await Expect(ann.Badge("Ben", "away")).ToBeHiddenAsync();
            foreach (var page in cut) await Expect(page.Badge("Ann", "mic-off")).ToBeVisibleAsync(new() { Visible = round % 2 == 1 });
        }

        foreach (var page in all) await page.SeesVideoOfOthersAsync(2);
        Assert.That(await CountConnectionsAsync(all), Is.EqualTo(connections), "Nobody had to connect to anybody anew.");
        bool[] switched = [.. Enumerable.Range(1, Cuts).Select(round => round % 2 == 0)];
        foreach (var page in cut)
        {
            Assert.That(SwitchesOf(page), Is.EqualTo(switched));
            Assert.That(page.Heard.Count(message => (bool?)message["recovered"] == true), Is.EqualTo(Cuts));
        }
    }

    private static async Task<int[]> CountConnectionsAsync(IEnumerable<RoomPage> pages) =>
        await Task.WhenAll(pages.Select(page => page.CountConnectionsMadeAsync()));

    /// <summary>When the microphone was switched on or off that the page heard of; only Ann switches hers.</summary>
    private static List<bool> SwitchesOf(RoomPage page) =>
    [
        .. page.Heard
            .Where(message => (string?)message["type"] == "resource-toggled" && (string?)message["resource"] == "microphone")
            .Select(message => (bool)message["enabled"]!),
    ];
}
