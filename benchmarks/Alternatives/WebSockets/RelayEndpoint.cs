using System.Collections.Concurrent;
using System.Text.Json;

namespace Alternatives.WebSockets;

/// <summary>A relay on System.Net.WebSockets: parse, look the target up, add the sender, send.</summary>
internal static class RelayEndpoint
{
    public static void MapRelay(this IEndpointRouteBuilder endpoints, string path)
    {
        var clients = new ConcurrentDictionary<string, RelayClient>();
        var rooms = new ConcurrentDictionary<string, ConcurrentDictionary<string, RelayClient>>();
        endpoints.Map(path, async (HttpContext context) =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            using var client = new RelayClient(Guid.NewGuid().ToString("N"), await context.WebSockets.AcceptWebSocketAsync());
            clients[client.Id] = client;
            string? joined = null;
            try
            {
                await client.SendAsync(RelayMessage.Welcome(client.Id));
                while (await client.ReceiveAsync() is { } bytes)
                {
                    using JsonDocument message = JsonDocument.Parse(bytes);
                    JsonElement root = message.RootElement;
                    switch (root.GetProperty("type").GetString())
                    {
                        case "room-join":
                            joined = root.GetProperty("room").GetString()!;
                            rooms.GetOrAdd(joined, static _ => new())[client.Id] = client;
                            await client.SendAsync(RelayMessage.Joined(joined));
                            break;
                        case "signal-send" when clients.TryGetValue(root.GetProperty("targetId").GetString()!, out RelayClient? target):
                            await target.SendAsync(RelayMessage.From("signal-receive"u8, client.Id, root));
                            break;
                        case "message-send" when rooms.TryGetValue(root.GetProperty("room").GetString()!, out ConcurrentDictionary<string, RelayClient>? members):
                            ReadOnlyMemory<byte> shared = RelayMessage.From("message-receive"u8, client.Id, root);
                            foreach ((string id, RelayClient member) in members)
                            {
                                if (id != client.Id)
                                {
                                    await member.SendAsync(shared);
                                }
                            }

                            break;
                    }
                }
            }
            finally
            {
                clients.TryRemove(client.Id, out _);
                if (joined is not null && rooms.TryGetValue(joined, out ConcurrentDictionary<string, RelayClient>? left))
                {
                    left.TryRemove(client.Id, out _);
                }
            }
        });
    }
}
