using WebRtcSignaling.Load.Machine;

namespace WebRtcSignaling.Load.Cases;

/// <summary>Many connections that do nothing, in rooms of two.</summary>
internal static class IdleLoad
{
    private const int WarmUpConnections = 200;
    private const int MembersPerRoom = 2;
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(2);

    /// <param name="connect">Makes a client of the server.</param>
    /// <param name="count">How many connections.</param>
    /// <param name="warmUp">How long they are idle before that is measured.</param>
    /// <param name="duration">How long they are idle; with times of 15 s between heartbeats, a multiple of that.</param>
    /// <param name="server">The process to measure.</param>
    public static IdleMeasurement Run(Func<LoadClient> connect, int count, TimeSpan warmUp, TimeSpan duration, WatchedProcess server)
    {
        // What the server needs for its first connections only is not a price of each.
        using (LoadClient first = connect())
        {
            first.Connect(WarmUpConnections, MembersPerRoom);
            first.Idle(_settling);
        }

        // Nor is what it gives back by itself when it comes to rest.
        using LoadClient client = connect();
        client.Idle(_settling + warmUp);
        long before = server.ResidentBytes;
        var setUp = new Meter(server, client);
        client.Connect(count, MembersPerRoom);
        Usage setUpUsage = setUp.Read();
        client.Idle(warmUp);
        var idle = new Meter(server, client);
        client.Idle(duration);
        return new(setUpUsage, idle.Read(), server.ResidentBytes - before);
    }
}
