using WebRtcSignaling.Load.Dialects;

namespace WebRtcSignaling.Load.Servers;

/// <summary>All servers that can be measured, each with the settings that it has by default.</summary>
internal static class Targets
{
    /// <summary>The one that the others are compared with.</summary>
    public const string Native = "native";

    private const string Built = "{root}/artifacts/bin";
    private const string Installed = "{root}/artifacts/npm/alternatives";
    private const string AspNetReady = "Now listening on: ";
    private const string ScriptReady = "listening on ";

    private static readonly JsonDialect _json = new();

    public static IReadOnlyList<Target> All { get; } =
    [
        DotNet(Native, "WebRtcSignaling, ready server", "SignalingServer", ["--urls", "http://127.0.0.1:0"], AspNetReady, _json),
        DotNet("listener", "WebRtcSignaling, standalone listener", "EmbeddedServer", ["--serve"], "going on until", _json),
        new("bun", "uWebSockets under Bun", Installed + "/node_modules/@oven/bun-linux-x64/bin/bun", [Installed + "/bun.js"], ScriptReady, _json),
        DotNet("websockets", "System.Net.WebSockets in ASP.NET Core", "Alternatives", ["websockets", "--urls", "http://127.0.0.1:0"], AspNetReady, _json),
        Node("ws", "ws under Node", _json),
        Node("peer", "PeerJS' server under Node", new PeerJsDialect()),
        Node("socket-io", "Socket.IO under Node", new SocketIODialect()),
        DotNet("signalr", "SignalR in ASP.NET Core", "Alternatives", ["signalr", "--urls", "http://127.0.0.1:0"], AspNetReady, new SignalRDialect()),
    ];

    /// <exception cref="LoadException">There is no such server.</exception>
    public static Target Find(string name) =>
        All.FirstOrDefault(target => target.Name == name)
        ?? throw new LoadException($"There is no target {name}; there are {string.Join(", ", All.Select(static target => target.Name))}.");

    private static Target DotNet(string name, string title, string program, string[] arguments, string ready, ClientDialect dialect) =>
        new(name, title, "dotnet", [$"{Built}/{program}/release/{program}.dll", .. arguments], ready, dialect);

    private static Target Node(string name, string title, ClientDialect dialect) => new(name, title, "node", [$"{Installed}/{name}.js"], ScriptReady, dialect);
}
