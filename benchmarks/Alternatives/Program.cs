using Alternatives.Bare;
using Alternatives.SignalR;
using Alternatives.WebSockets;

// What somebody would write who has no library for signaling. Usage: Alternatives signalr|websockets [--urls URL], or Alternatives bare
if (args[0] == "bare")
{
    BareRelay.Run();
    return;
}

WebApplicationBuilder builder = WebApplication.CreateBuilder(args[1..]);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
switch (args[0])
{
    case "signalr":
        builder.Services.AddSignalR();
        WebApplication hubs = builder.Build();
        hubs.MapHub<RelayHub>("/hub");
        hubs.Run();
        break;
    case "websockets":
        WebApplication sockets = builder.Build();
        sockets.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15) });
        sockets.MapRelay("/signaling");
        sockets.Run();
        break;
    default:
        throw new ArgumentException($"There is no relay called {args[0]}.");
}
