using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace Alternatives.SignalR;

/// <summary>A hub that relays as SignalR's documentation shows it: by connection id to one, by group to a room.</summary>
internal sealed class RelayHub : Hub
{
    public override Task OnConnectedAsync() => Clients.Caller.SendAsync("welcome", Context.ConnectionId);

    public async Task Join(string room)
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, room);
        await Clients.Caller.SendAsync("joined", room);
    }

    public Task Signal(string targetId, JsonElement data) => Clients.Client(targetId).SendAsync("signal", Context.ConnectionId, data);

    public Task Message(string room, JsonElement data) => Clients.OthersInGroup(room).SendAsync("message", Context.ConnectionId, data);
}
