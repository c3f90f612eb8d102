using System.Net;
using System.Runtime.InteropServices;
using EmbeddedServer;

// A game server without ASP.NET: signaling in the game's own process, and a listener for browsers.
// Usage: EmbeddedServer [--port N] [--serve] [--load]
if (args.Contains("--serve"))
{
    // A server of its own then, in which no code that signaling calls blocks.
    InlineSockets.Enable();
}

int port = args.SkipWhile(static arg => arg != "--port").Skip(1).Select(int.Parse).FirstOrDefault();
var options = new SignalingOptions();
var listening = new SignalingListenerOptions { Endpoints = { new(new IPEndPoint(IPAddress.Loopback, port)) } };
if (args.Contains("--load"))
{
    // A load test's clients all come from one address, and send as fast as they can.
    options.Admission.MaxConnectionsPerAddress = int.MaxValue;
    options.Admission.MaxRoomsPerAddress = int.MaxValue;
    options.Sessions.Rates = listening.WebSockets.Rates = new()
    {
        MessagesPerSecond = 100_000_000, MessageBurst = 1_000_000_000, BytesPerSecond = 10_000_000_000, ByteBurst = 10_000_000_000,
    };
}

using var server = new SignalingServer(options);
await using var listener = new SignalingListener(server, listening);
await listener.StartAsync();
var address = new Uri($"ws://{listener.Endpoints[0]}/signaling");
Console.WriteLine($"server: listening on {address}");

var room = RoomId.Parse("arena");
Task match = await Referee.OpenAsync(server, room);
Task<string> ann = await LocalPlayer.JoinAsync(server, room);
Task<string> ben = RemotePlayer.PlayAsync(address, room);
await Task.WhenAll(match, ann, ben).WaitAsync(TimeSpan.FromSeconds(30));
bool isFair = await ann == RemotePlayer.State && await ben == LocalPlayer.State;
Console.WriteLine(isFair ? "Two players exchanged state." : "The players saw different games.");

if (args.Contains("--serve"))
{
    using var collector = new IdleCollector();
    Console.WriteLine("server: going on until Ctrl+C");
    var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = stop.TrySetResult());
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = stop.TrySetResult());
    await stop.Task;
}

return isFair ? 0 : 1;
