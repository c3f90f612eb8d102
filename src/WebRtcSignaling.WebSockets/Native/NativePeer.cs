using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>One client of the native dialect: its connection, and its session once there is one.</summary>
internal sealed class NativePeer
{
    public NativePeer(IDialectConnection connection, NativeEncoder encoder)
    {
        Connection = connection;
        Sink = connection.Server.Options.Sessions.ResumeTimeout > TimeSpan.Zero
            ? new ResumableSink(connection, encoder)
            : new ConnectedSink(connection, encoder);
    }

    public IDialectConnection Connection { get; }

    public ConversationSession Session { get; } = new();

    /// <summary>The session's sink. A client that goes on with a session goes on with its sink.</summary>
    public NativeSink Sink { get; set; }

    /// <summary>
    /// Fires when nobody waits for the answer to a request any more: with the connection, or with the session where that can be resumed. Nothing fires then before
    /// there is a session.
    /// </summary>
    public CancellationToken Abandoned => Sink is ResumableSink ? Session.Current?.Closed ?? Connection.Ended : Connection.Ended;

    public NativeLimits Limits
    {
        get
        {
            SignalingOptions options = Connection.Server.Options;
            return new(Connection.Options.MaxMessageBytes, options.Sessions.MaxRooms, RoomId.MaxLength, options.Rooms.MaxFieldBytes);
        }
    }

    /// <summary>The ICE servers for a welcome; none if the host app refuses them: that is no reason to refuse the session.</summary>
    public async ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(SignalingSession session)
    {
        var servers = await session.GetIceServersAsync(Connection.Ended).ConfigureAwait(false);
        return servers.IsSuccess ? servers.Value : [];
    }
}
