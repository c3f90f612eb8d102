namespace WebRtcSignaling.Testing.Connections;

/// <summary>How long sessions live, for tests of what ends them.</summary>
public static class Lifetimes
{
    /// <summary>Settings under which a session ends with its connection, however that is lost.</summary>
    public static SignalingOptions OfConnections() => new() { Sessions = new() { ResumeTimeout = TimeSpan.Zero } };
}
