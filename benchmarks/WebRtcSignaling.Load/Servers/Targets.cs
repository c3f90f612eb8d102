using WebRtcSignaling.Load.Dialects;

namespace WebRtcSignaling.Load.Servers;

/// <summary>
/// All servers that can be measured, each with the settings that it has by default, but for limits that a load run is bound to meet: its clients all come from one
/// address, and send as fast as they can. Those limits are raised and still counted by, not turned off.
/// </summary>
internal static class Targets
{
    /// <summary>The one that the others are compared with.</summary>
    public const string Native = "native";

    private const string Built = "{root}/artifacts/bin";
    private const string Installed = "{root}/artifacts/npm/alternatives";
    private const string AspNetReady = "Now listening on: ";
    private const string ScriptReady = "listening on ";

    private const string RaisedLimits = "connections and rooms of an address, messages and bytes over time: raised beyond what the run sends, and counted all the same";

    private static readonly JsonDialect _json = new();

    private static readonly string[] _raised =
    [
        "--Signaling:Admission:MaxConnectionsPerAddress=1000000",
        "--Signaling:Admission:MaxRoomsPerAddress=1000000",
        .. ((string[])["Sessions", "WebSockets"]).SelectMany(static part => (string[])
        [
            $"--Signaling:{part}:Rates:MessagesPerSecond=100000000",
            $"--Signaling:{part}:Rates:MessageBurst=1000000000",
            $"--Signaling:{part}:Rates:BytesPerSecond=10000000000",
            $"--Signaling:{part}:Rates:ByteBurst=10000000000",
        ]),
    ];

    public static IReadOnlyList<Target> All { get; } =
    [
        Ready(Native, "WebRtcSignaling, ready server"),
        DotNet("listener", "WebRtcSignaling, standalone listener", "EmbeddedServer", ["--serve", "--load"], "going on until", _json) with
        {
            Settings = RaisedLimits,
        },
        new("bun", "uWebSockets under Bun", Installed + "/node_modules/@oven/bun-linux-x64/bin/bun", [Installed + "/bun.js"], ScriptReady, _json),
        DotNet("websockets", "System.Net.WebSockets in ASP.NET Core", "Alternatives", ["websockets", "--urls", "http://127.0.0.1:0"], AspNetReady, _json),
        Node("ws", "ws under Node", _json),
        Node("peer", "PeerJS' server under Node", new PeerJsDialect()),
        Node("socket-io", "Socket.IO under Node", new SocketIODialect()),
        DotNet("signalr", "SignalR in ASP.NET Core", "Alternatives", ["signalr", "--urls", "http://127.0.0.1:0"], AspNetReady, new SignalRDialect()),
    ];

    /// <summary>No part of a comparison: the ready server with one thing else, to see what that costs, and a relay that does nothing else, to see what the system costs.</summary>
    public static IReadOnlyList<Target> Variants { get; } =
    [
        DotNet("bare", "bare relay", "Alternatives", ["bare"], ScriptReady, _json),
        Ready("native-no-resume", "WebRtcSignaling, ready server, sessions end with their connections", "--Signaling:Sessions:ResumeTimeout=0"),
    ];

    /// <exception cref="LoadException">There is no such server.</exception>
    public static Target Find(string name) =>
        All.Concat(Variants).FirstOrDefault(target => target.Name == name)
        ?? throw new LoadException($"There is no target {name}; there are {string.Join(", ", All.Concat(Variants).Select(static target => target.Name))}.");

    private static Target Ready(string name, string title, params string[] settings) =>
        DotNet(name, title, "SignalingServer", ["--urls", "http://127.0.0.1:0", .. _raised, .. settings], AspNetReady, _json) with
        {
            Settings = RaisedLimits,
        };

    private static Target DotNet(string name, string title, string program, string[] arguments, string ready, ClientDialect dialect) =>
        new(name, title, "dotnet", [$"{Built}/{program}/release/{program}.dll", .. arguments], ready, dialect);

    private static Target Node(string name, string title, ClientDialect dialect) => new(name, title, "node", [$"{Installed}/{name}.js"], ScriptReady, dialect);
}
