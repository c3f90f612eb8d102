using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace EmbeddedServer;

/// <summary>
/// Ben, a player elsewhere: a WebSocket and JSON messages (docs/protocol.md), as in a browser. He offers to whoever came before him.
/// </summary>
internal static class RemotePlayer
{
    public const string State = """{"x":1,"y":2}""";

    public static async Task<string> PlayAsync(Uri address, RoomId room)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, CancellationToken.None);
        await SendAsync("""{"type":"hello","username":"ben"}""");
        await SendAsync($$"""{"type":"room-join","room":"{{room}}"}""");
        for (string seen = ""; ;)
        {
            using Stream text = WebSocketStream.CreateReadableMessageStream(socket);
            using JsonDocument message = await JsonDocument.ParseAsync(text);
            switch (Member("type"))
            {
                case "room-joined":
                    await SignalAsync("offer", message.RootElement.GetProperty("clients").EnumerateArray().Last().ToString());
                    break;
                case "signal-receive":
                    Console.WriteLine($"ben: got {Member("data")}");
                    if (Member("kind") == "answer")
                    {
                        await SignalAsync("candidate", Member("senderId"));
                        await SendAsync($$"""{"type":"message-send","room":"{{room}}","data":{{State}}}""");
                    }

                    break;
                case "message-receive":
                    Console.WriteLine($"ben: sees ann at {seen = Member("data")}");
                    break;
                case "room-left":
                    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return seen;
            }

            string Member(string name) => message.RootElement.GetProperty(name).ToString();
        }

        Task SignalAsync(string kind, string to) =>
            SendAsync($$"""{"type":"signal-send","room":"{{room}}","targetId":"{{to}}","kind":"{{kind}}","data":"ben's {{kind}}"}""");

        Task SendAsync(string message) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }
}
