using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.RealClients.Tests.EasyRtc;

/// <summary>
/// A browser with one page of the ready server's own origin, to which the files of EasyRTC and Socket.IO belong as they do where EasyRTC's own server runs:
/// unmodified, from the packages, at <c>/easyrtc/</c>, <c>/demos/</c> and <c>/socket.io/socket.io.js</c>. Everything else goes to the ready server.
/// </summary>
internal sealed partial class EasyRtcPage : IAsyncDisposable
{
    private const float Patience = 30_000;
    private readonly ConcurrentQueue<string> _said = new();

    private EasyRtcPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => _said.Enqueue($"{message.Type}: {message.Text}");
        page.WebSocket += (_, socket) =>
        {
            HasWebSocket = true;
            socket.FrameSent += (_, frame) => _said.Enqueue($"> {frame.Text}");
            socket.FrameReceived += (_, frame) => _said.Enqueue($"< {frame.Text}");
        };
        page.PageError += (_, error) => _said.Enqueue($"exception: {error}");
    }

    public IPage Page { get; }

    /// <summary>Whether it opened a WebSocket; otherwise it polls.</summary>
    public bool HasWebSocket { get; private set; }

    /// <summary>What the page wrote to its console, what it did not catch, and the frames of its WebSocket.</summary>
    public string Said => string.Join('\n', _said);

    /// <param name="server">The ready server.</param>
    /// <param name="release">The client.</param>
    /// <param name="path">The page: one of the package's own demos (<c>/demos/…</c>), or one that lies beside these tests (<c>/pages/…</c>).</param>
    /// <param name="initScript">What runs before the page's own scripts; nothing if it is not said.</param>
    public static async Task<EasyRtcPage> OpenAsync(Uri server, EasyRtcRelease release, string path, string initScript = "")
    {
        var packages = Path.Combine(await Clients.InstallAsync(), "node_modules");
        var context = await ChromiumBrowser.Current.NewContextAsync(new BrowserNewContextOptions
        {
            Permissions = ["camera", "microphone"],
            ViewportSize = new ViewportSize { Width = 1000, Height = 900 },
        });
        context.SetDefaultTimeout(Patience);
        await context.RouteAsync(FilesPattern(), async route =>
        {
            var file = FileOf(new Uri(route.Request.Url).AbsolutePath, packages, release);
            await route.FulfillAsync(File.Exists(file) ? new RouteFulfillOptions { Path = file } : new RouteFulfillOptions { Status = 404 });
        });
        if (initScript.Length > 0) await context.AddInitScriptAsync(initScript);
        var page = new EasyRtcPage(await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(server, path).AbsoluteUri);
        return page;
    }

    /// <summary>Waits until an expression is true; what the page said and has seen is part of a failure.</summary>
    public async Task UntilAsync(string expression, string what)
    {
        try
        {
            // Not by the pictures that it paints, which is the default: a page that paints nothing for a while goes on all the same.
            await Page.WaitForFunctionAsync(expression, options: new PageWaitForFunctionOptions { PollingInterval = 20 });
        }
        catch (TimeoutException)
        {
            var seen = await EvaluateAsync<string?>("typeof seen === 'undefined' ? null : JSON.stringify(seen)");
            Assert.Fail($"{what}: never. The page said:\n{Said}\nIt has seen: {seen}");
        }
    }

    public Task<T> EvaluateAsync<T>(string expression) => Page.EvaluateAsync<T>(expression);

    /// <summary>Ends the page without a word to anybody, as a crash of the tab does.</summary>
    public ValueTask KillAsync() => new(Page.CloseAsync(new PageCloseOptions { RunBeforeUnload = false }));

    public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());

    private static string FileOf(string path, string packages, EasyRtcRelease release)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var rest = Path.Combine([.. parts[1..]]);
        return parts[0] switch
        {
            "socket.io" => Path.Combine(packages, release.SocketIO, release.SocketIOFile),
            "easyrtc" => Path.Combine(packages, release.Client, "api", rest),
            "demos" => Path.Combine(packages, release.Client, "demos", rest),
            _ => Path.Combine(Repository.Root, "tests", "WebRtcSignaling.RealClients.Tests", "EasyRtc", "Pages", rest),
        };
    }

    [GeneratedRegex(@"^http://[^/]+/((easyrtc|demos|pages)/.+|socket\.io/socket\.io\.js$)")]
    private static partial Regex FilesPattern();
}
