using System.Text.Json;
using Microsoft.Playwright;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.RealClients.Tests.PeerJs;

/// <summary>A page of another origin than the server's, with the PeerJS that npm has, in a browser of its own person.</summary>
internal sealed class PeerPage : IAsyncDisposable
{
    /// <summary>Where the page is from. Nobody listens there: the browser is handed the files. A page from localhost may use the camera.</summary>
    public const string Origin = "http://localhost:4321";

    private const float Patience = 60_000;

    private const string Html = """
        <!doctype html>
        <title>PeerJS</title>
        <video autoplay muted playsinline></video>
        <script src="/peerjs.js"></script>
        <script src="/peer.js"></script>
        """;

    // Not by the pictures that the page paints, which is the default: one that paints nothing for a while hears all the same.
    private static readonly PageWaitForFunctionOptions s_polling = new() { PollingInterval = 20 };

    private readonly IBrowserContext _context;
    private readonly Uri _server;

    private TaskCompletionSource _socketClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PeerPage(IBrowserContext context, IPage page, Uri server)
    {
        page.WebSocket += (_, socket) =>
        {
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _socketClosed = closed;
            socket.Close += (_, _) => closed.TrySetResult();
        };
        _context = context;
        Page = page;
        _server = server;
    }

    public IPage Page { get; }

    /// <summary>Loads the page; its peer is not opened yet.</summary>
    public static async Task<PeerPage> LoadAsync(Uri server)
    {
        string packages = await Clients.InstallAsync();
        IBrowserContext context = await ChromiumBrowser.Current.NewContextAsync(new BrowserNewContextOptions
        {
            // The last because Chromium does not know from where it got a page that it was handed, and takes it for one of the Internet.
            Permissions = ["camera", "microphone", "local-network-access"],
        });
        context.SetDefaultTimeout(Patience);
        IPage page = await context.NewPageAsync();
        await page.RouteAsync($"{Origin}/", static route => route.FulfillAsync(new() { Body = Html, ContentType = "text/html" }));
        await page.RouteAsync($"{Origin}/peerjs.js", route => FulfillAsync(route, Path.Combine(packages, "node_modules", "peerjs", "dist", "peerjs.min.js")));
        await page.RouteAsync($"{Origin}/peer.js", static route => FulfillAsync(
            route, Path.Combine(Repository.Root, "tests", "WebRtcSignaling.RealClients.Tests", "PeerJs", "peer.js")));
        await page.GotoAsync($"{Origin}/");
        return new PeerPage(context, page, server);
    }

    /// <summary>Loads the page and opens its peer, which must succeed.</summary>
    public static async Task<PeerPage> OpenAsync(Uri server, string id)
    {
        PeerPage page = await LoadAsync(server);
        Assert.That(await page.OpenAsync(id), Is.EqualTo(id));
        return page;
    }

    /// <summary>Opens a peer.</summary>
    /// <param name="id">The id that it claims; <see langword="null"/> for one of the server.</param>
    /// <param name="token">By which it can claim the id again; <see langword="null"/> for one of its own.</param>
    /// <param name="key">The key; <see langword="null"/> for the default.</param>
    /// <returns>Its id, or <c>error</c> and the type of the error.</returns>
    public Task<string> OpenAsync(string? id, string? token = null, string? key = null)
    {
        var options = new Dictionary<string, object> { ["host"] = _server.Host, ["port"] = _server.Port, ["secure"] = false };
        if (token is not null)
        {
            options["token"] = token;
        }

        if (key is not null)
        {
            options["key"] = key;
        }

        return Page.EvaluateAsync<string>("([id, options]) => open(id, options)", new object?[] { id, options });
    }

    public Task RunAsync(string script) => Page.EvaluateAsync(script);

    /// <summary>Waits until the page has heard this, and so many times.</summary>
    public async Task HearsAsync(string what, int times = 1)
    {
        try
        {
            await Page.WaitForFunctionAsync(
                "([what, times]) => heard.filter(one => one === what).length >= times", new object[] { what, times }, s_polling);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It never heard '{what}', but: {await HeardAsync()}");
        }
    }

    public async Task<string> HeardAsync() => JsonSerializer.Serialize(await Page.EvaluateAsync<string[]>("heard"));

    /// <summary>Waits until the WebSocket that was opened last is closed, on the server's side as well.</summary>
    public Task SocketClosesAsync() => _socketClosed.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience));

    /// <summary>Waits until the video has gone on for so many frames.</summary>
    public async Task SeesFramesAsync(int count)
    {
        int before = await Page.EvaluateAsync<int>("frames()");
        await Page.WaitForFunctionAsync("([before, count]) => frames() >= before + count", new object[] { before, count }, s_polling);
    }

    /// <summary>Ends the page as a crash does: nothing in it runs any more, and nobody is told.</summary>
    public async Task KillAsync()
    {
        var crashed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Page.Crash += (_, _) => crashed.TrySetResult();
        ICDPSession devTools = await _context.NewCDPSessionAsync(Page);

        // It is never answered: who would answer is gone.
        _ = devTools.SendAsync("Page.crash");
        await crashed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private static Task FulfillAsync(IRoute route, string file) => route.FulfillAsync(new() { Path = file, ContentType = "text/javascript" });
}
