using System.Text;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>Puts every client into one room, and passes on what each says. <c>bye</c> ends the session; <c>fail</c> is a bug.</summary>
internal sealed class ShoutConversation(IDialectConnection connection) : IConversation, ISessionSink
{
    private static readonly RoomId _room = RoomId.Parse("hall");
    private SignalingSession? _session;

    public async ValueTask StartAsync()
    {
        connection.Introduced();
        var wanted = new SessionRequest { Application = connection.Request.Application, User = connection.Request.User };
        SignalingResult<SignalingSession> connected = await connection.Server.ConnectAsync(wanted, this, connection.Ended);
        if (connected.TryGetValue(out _session))
        {
            await _session.Rooms.JoinAsync(new JoinRoomRequest { Room = _room, CreateWith = new RoomSetup() }, null, connection.Ended);
        }
    }

    public async ValueTask ReceiveAsync(ReadOnlyMemory<byte> message)
    {
        switch (Encoding.UTF8.GetString(message.Span))
        {
            case "bye":
                _session!.Close(new SessionClose(SessionCloseReason.Removed));
                break;
            case "fail":
                throw new InvalidOperationException("a secret of the inside");
            default:
                await _session!.SendMessageAsync(MessageDestination.ToRoom(_room), message.ToArray());
                break;
        }
    }

    public void End(SessionCloseReason reason) => _session?.Close(new SessionClose(reason));

    public void OnOpened(SignalingSession session)
    {
    }

    public void OnEvent(SignalingEvent signalingEvent)
    {
        switch (signalingEvent)
        {
            case SignalingEvent.RoomJoined:
                connection.Send("welcome"u8);
                break;
            case SignalingEvent.MessageReceived heard:
                connection.Send(heard.Data.Span);
                break;
        }
    }

    public void OnSignal(in Signal signal)
    {
    }

    public void OnClosed(SessionClose close) => connection.Close(close);
}
