using System.Text;

namespace EmbeddedServer;

/// <summary>Ann, a player in the server's own process: a session, and its events. She answers whoever offers.</summary>
internal static class LocalPlayer
{
    public const string State = """{"x":3,"y":4}""";

    public static async Task<Task<string>> JoinAsync(SignalingServer server, RoomId room)
    {
        var events = new SessionEventQueue();
        SignalingSession session = (await server.ConnectAsync(new() { Username = "ann" }, events)).Value;
        await session.Rooms.JoinAsync(new() { Room = room });
        return PlayAsync();

        async Task<string> PlayAsync()
        {
            string seen = "";
            await foreach (SignalingEvent happened in events.ReadAllAsync())
            {
                switch (happened)
                {
                    case SignalingEvent.SignalReceived signal:
                        Console.WriteLine($"ann: got {Encoding.UTF8.GetString(signal.Payload.Span)}");
                        if (signal.Kind == SignalKind.Offer)
                        {
                            await session.SendSignalAsync(room, signal.SenderId, SignalKind.Answer, "\"ann's answer\""u8.ToArray());
                            await session.SendSignalAsync(room, signal.SenderId, SignalKind.Candidate, "\"ann's candidate\""u8.ToArray());
                            await session.SendMessageAsync(MessageDestination.ToRoom(room), Encoding.UTF8.GetBytes(State));
                        }

                        break;
                    case SignalingEvent.MessageReceived message:
                        Console.WriteLine($"ann: sees ben at {seen = Encoding.UTF8.GetString(message.Data.Span)}");
                        break;
                    case SignalingEvent.RoomLeft:
                        session.Dispose();
                        break;
                }
            }

            return seen;
        }
    }
}
