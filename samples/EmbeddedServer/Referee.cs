namespace EmbeddedServer;

/// <summary>The game itself: a session in-process that owns the room and closes it when both players have shown their state.</summary>
internal static class Referee
{
    public static async Task<Task> OpenAsync(SignalingServer server, RoomId room)
    {
        var events = new SessionEventQueue();
        SignalingSession session = (await server.ConnectAsync(new() { Username = "referee" }, events)).Value;
        await session.Rooms.CreateAsync(room);
        return WatchAsync();

        async Task WatchAsync()
        {
            int states = 0;
            await foreach (SignalingEvent happened in events.ReadAllAsync())
            {
                if (happened is SignalingEvent.ClientJoined joined)
                {
                    Console.WriteLine($"referee: {joined.Member.Profile.Username} came in");
                }
                else if (happened is SignalingEvent.MessageReceived && ++states == 2)
                {
                    Console.WriteLine("referee: both have shown their state, the match is over");
                    await session.Rooms.CloseAsync(room);
                    session.Dispose();
                }
            }
        }
    }
}
