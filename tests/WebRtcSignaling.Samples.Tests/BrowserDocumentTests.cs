using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebRtcSignaling.Testing.Programs;
using static Microsoft.Playwright.Assertions;

namespace WebRtcSignaling.Samples.Tests;

/// <summary>The page that docs/browser.md shows, as it stands there, on a server that requires <c>hello</c>.</summary>
internal sealed partial class BrowserDocumentTests
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<string> _errors = [];
    private SignalingServerProcess _server = null!;
    private string _html = "";

    [OneTimeSetUp]
    public async Task StartServerAsync()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "browser.md"));
        _html = PagePattern().Matches(document).Single().Groups["html"].Value;
        _server = await SignalingServerProcess.StartAsync(new Dictionary<string, string> { ["Signaling__WebSockets__RequireHello"] = "true" });
    }

    [OneTimeTearDown]
    public async Task EndServerAsync()
    {
        foreach (var context in _contexts) await context.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Two_people_who_open_it_see_each_other_and_meet_again_after_a_restart_of_the_server()
    {
        var ann = await OpenAsync();
        await Expect(ann.Locator("#status")).ToHaveTextAsync("open");
        var ben = await OpenAsync();
        await SeesOneOtherAsync(ann);
        await SeesOneOtherAsync(ben);
        var before = await ann.Locator("#others video").GetAttributeAsync("id");

        await _server.KillAsync();
        await Expect(ann.Locator("#status")).ToHaveTextAsync("reconnecting");
        await _server.StartAgainAsync();

        await Expect(ann.Locator("#status")).ToHaveTextAsync("open");
        await Expect(ann.Locator("#others video").And(ann.Locator($"[id='{before}']"))).ToHaveCountAsync(0);
        await SeesOneOtherAsync(ann);
        await SeesOneOtherAsync(ben);

        await ben.GotoAsync("about:blank");
        await Expect(ann.Locator("#others video")).ToHaveCountAsync(0);
        Assert.That(_errors, Is.Empty);
    }

    private static async Task SeesOneOtherAsync(IPage page)
    {
        var video = page.Locator("#others video");
        await Expect(video).ToHaveCountAsync(1);
        await video.EvaluateAsync(
            """
            (video) => new Promise((resolve) => {
              let frames = 0;
              const seen = () => { frames += 1; if (frames === 10) resolve(); else video.requestVideoFrameCallback(seen); };
              video.requestVideoFrameCallback(seen);
            })
            """).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task<IPage> OpenAsync()
    {
        var context = await ChromiumBrowser.Current.NewContextAsync(new BrowserNewContextOptions { Permissions = ["camera", "microphone"] });
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => _errors.Add(error);
        var address = new Uri(_server.Address, "/call.html").AbsoluteUri;
        await page.RouteAsync(address, route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/html", Body = _html }));
        await page.GotoAsync(address);
        return page;
    }

    [GeneratedRegex("^```html\n(?<html>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PagePattern();
}
