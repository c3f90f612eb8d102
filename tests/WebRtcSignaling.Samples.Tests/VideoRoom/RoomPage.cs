using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using WebRtcSignaling.Testing.Programs;
using static Microsoft.Playwright.Assertions;

namespace WebRtcSignaling.Samples.Tests.VideoRoom;

/// <summary>The video room page in a browser of its own person, by what that person sees and does.</summary>
internal sealed class RoomPage : IAsyncDisposable
{
    private const float Patience = 30_000;
    private static readonly TimeSpan VideoPatience = TimeSpan.FromSeconds(60);
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentQueue<string> _heard = new();

    private RoomPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _problems.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _problems.Enqueue(error);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => _heard.Enqueue(frame.Text ?? "");
    }

    public IPage Page { get; }

    /// <summary>Everything that the browser has complained of: exceptions, console errors, violations of the content policy.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Every message that the server has sent to this page, over all its connections.</summary>
    public IEnumerable<JsonNode> Heard => _heard.Select(text => JsonNode.Parse(text)!);

    public ILocator Tiles => Page.GetByTestId("tile");

    public ILocator RemoteTiles => Page.Locator("[data-testid=tile]:not([data-self])");

    public ILocator OwnTile => Page.Locator("[data-testid=tile][data-self]");

    public ILocator LobbyError => Page.Locator("#lobby-error");

    public ILocator Banner => Page.Locator("#banner");

    public ILocator ChatTexts => Page.GetByTestId("chat-text");

    public ILocator Lock => Page.Locator("#toggle-lock");

    /// <summary>Opens the page as a new person, whose browser grants these devices.</summary>
    public static async Task<RoomPage> OpenAsync(Uri server, string room, bool withDevices = true)
    {
        var context = await ChromiumBrowser.Current.NewContextAsync(new BrowserNewContextOptions
        {
            // An empty list would mean that the browser asks, and nobody answers.
            Permissions = withDevices ? ["camera", "microphone", "clipboard-write", "clipboard-read"] : ["clipboard-write"],
            ViewportSize = new ViewportSize { Width = 900, Height = 640 },
        });
        context.SetDefaultTimeout(Patience);
        await context.AddInitScriptAsync(
            """
            window.connectionsMade = 0;
            window.RTCPeerConnection = class extends RTCPeerConnection {
              constructor(...args) { super(...args); window.connectionsMade += 1; }
            };
            """);
        var page = new RoomPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(server, "/#room=" + Uri.EscapeDataString(room)).AbsoluteUri);
        return page;
    }

    public static async Task<RoomPage> JoinAsync(Uri server, string room, string name, string password = "")
    {
        var page = await OpenAsync(server, room);
        await page.JoinAsync(name, password);
        await page.IsInRoomAsync();
        return page;
    }

    /// <summary>Fills the form and sends it; whether that succeeds is for the caller to see.</summary>
    public async Task JoinAsync(string name, string password = "")
    {
        await Page.FillAsync("#username", name);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("#join");
    }

    public Task IsInRoomAsync() => Expect(OwnTile).ToBeVisibleAsync();

    public async Task IsInLobbyAsync(string sentence)
    {
        await Expect(LobbyError).ToHaveTextAsync(sentence);
        await Expect(Page.Locator("#lobby")).ToBeVisibleAsync();
        await Expect(Page.Locator("#call")).ToBeHiddenAsync();
    }

    public ILocator TileOf(string name) =>
        Page.GetByRole(AriaRole.Article, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Badge(string name, string badge) => TileOf(name).Locator($"[data-badge={badge}]");

    /// <summary>Frames of every other person really arrive, one after another, and have a size.</summary>
    public async Task SeesVideoOfOthersAsync(int others)
    {
        await Expect(RemoteTiles).ToHaveCountAsync(others);
        foreach (var tile in await RemoteTiles.AllAsync()) await FramesAdvanceAsync(tile);
    }

    /// <summary>How many connections to others it has made, those that are over included.</summary>
    public Task<int> CountConnectionsMadeAsync() => Page.EvaluateAsync<int>("() => window.connectionsMade");

    public async Task SayAsync(string text)
    {
        if (!await Page.Locator("#chat").IsVisibleAsync()) await Page.ClickAsync("#toggle-chat");
        await Page.FillAsync("#chat-input", text);
        await Page.PressAsync("#chat-input", "Enter");
    }

    public async Task ActAsync(string name, string action)
    {
        await TileOf(name).Locator(".tile-more").ClickAsync();
        await TileOf(name).Locator($"[data-action={action}]").ClickAsync();
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static async Task FramesAdvanceAsync(ILocator tile)
    {
        var name = await tile.GetByTestId("tile-name").InnerTextAsync();
        var frames = tile.Locator("video").EvaluateAsync<int>(
            """
            (video) => new Promise((resolve) => {
              let frames = 0;
              const seen = (now, { width, height }) => {
                if (width > 0 && height > 0 && video.videoWidth > 0) frames += 1;
                if (frames === 10) resolve(frames); else video.requestVideoFrameCallback(seen);
              };
              video.requestVideoFrameCallback(seen);
            })
            """);
        try
        {
            await frames.WaitAsync(VideoPatience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The video of {name} does not advance.");
        }
    }
}
