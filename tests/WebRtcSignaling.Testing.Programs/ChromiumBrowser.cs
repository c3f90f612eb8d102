using Microsoft.Playwright;

namespace WebRtcSignaling.Testing.Programs;

/// <summary>One real browser for all tests of an assembly, with a camera and a microphone that are made up.</summary>
public static class ChromiumBrowser
{
    private const string Executable = "/usr/bin/chromium";
    private const float Patience = 30_000;
    private static IPlaywright? s_playwright;
    private static IBrowser? s_browser;

    public static IBrowser Current => s_browser ?? throw new InvalidOperationException("The browser has not been started.");

    public static async Task StartAsync()
    {
        Assert.That(Executable, Does.Exist, "These tests need Debian's package chromium; test.sh installs it.");
        Assertions.SetDefaultExpectTimeout(Patience);
        s_playwright = await Playwright.CreateAsync();
        s_browser = await s_playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox",
                "--use-fake-device-for-media-stream",
                // Two browsers on one machine find each other by loopback addresses; names of mDNS need a responder.
                // Pages whose files a test puts in the server's place count as foreign, and could open no WebSocket to this machine.
                "--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecks",
                "--allow-loopback-in-peer-connection",
                "--disable-background-networking",
                "--auto-select-desktop-capture-source=Entire screen",
            ],
        });
    }

    public static async Task StopAsync()
    {
        if (s_browser is not null) await s_browser.DisposeAsync();
        s_playwright?.Dispose();
    }
}
