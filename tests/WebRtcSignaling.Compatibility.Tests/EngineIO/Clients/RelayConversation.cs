using System.Text;
using System.Text.Json;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

/// <summary><see cref="RelayDialect"/> with one client.</summary>
internal sealed class RelayConversation(RelayDialect dialect, IEventPeer peer) : IEventConversation
{
    private int _inside;

    public IEventPeer Peer => peer;

    public async ValueTask ReceiveAsync(EventMessage message)
    {
        if (Interlocked.Increment(ref _inside) > 1)
        {
            throw new InvalidOperationException("Two events of one client at once.");
        }

        try
        {
            await HandleAsync(message);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Refuse(EventMessage message, SignalingError refusal) => message.Acknowledgement?.Send("[\"refused\"]"u8);

    public void End(SessionCloseReason reason) => dialect.Ended(this, reason);

    private static byte[] Array(string name, EventArguments arguments) => Encoding.UTF8.GetBytes(
        $"[\"{name}\"{string.Concat(Enumerable.Range(0, arguments.Count).Select(i => "," + Encoding.UTF8.GetString(arguments.GetRaw(i))))}]");

    private static byte[] ArrayOf(EventArguments arguments) => Encoding.UTF8.GetBytes(
        $"[{string.Join(',', Enumerable.Range(0, arguments.Count).Select(i => Encoding.UTF8.GetString(arguments.GetRaw(i))))}]");

    private async ValueTask HandleAsync(EventMessage message)
    {
        switch (message.Name)
        {
            case "echo":
                peer.Send(Array("echoed", message.Arguments));
                message.Acknowledgement?.Send(ArrayOf(message.Arguments));
                message.Acknowledgement?.Send("[\"a second answer\"]"u8);
                break;
            case "shout":
                dialect.Shout(Array("shouted", message.Arguments), except: this);
                break;
            case "whoami":
                message.Acknowledgement?.Send(Encoding.UTF8.GetBytes($"[\"{peer.Id}\",{JsonSerializer.Serialize(peer.User?.Identity?.Name)}]"));
                break;
            case "ended":
                SessionCloseReason end = await dialect.EndOfAsync(message.Arguments.GetString(0)!);
                message.Acknowledgement?.Send(Encoding.UTF8.GetBytes($"[\"{end}\"]"));
                break;
            case "hold":
                dialect.Held.Writer.TryWrite(true);
                await dialect.Released.Task;
                break;
            case "bye":
                peer.Send("[\"last words\"]"u8);
                peer.Close(new SessionClose(Enum.Parse<SessionCloseReason>(message.Arguments.GetString(0)!)));
                peer.Close(new SessionClose(SessionCloseReason.InternalError));
                break;
            case "fail":
                throw new InvalidTimeZoneException("secret of the server");
        }
    }
}
