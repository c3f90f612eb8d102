namespace WebRtcSignaling.Load.Dialects;

/// <summary>A client of the Socket.IO server among the alternatives: Engine.IO 4 straight on a WebSocket.</summary>
internal sealed class SocketIODialect : ClientDialect
{
    public override string RequestTarget(string name) => "/socket.io/?EIO=4&transport=websocket";

    public override string? ReadId(ReadOnlySpan<byte> message, string name) =>
        message.StartsWith("40{"u8) ? TextAfter(message, "\"sid\":\""u8) : null;

    public override string Join(string room) => $"""42["join","{room}"]""";

    public override bool IsJoined(ReadOnlySpan<byte> message) => message.StartsWith("42[\"joined\""u8);

    public override string Signal(string room, string targetId, string data) => $"""42["signal","{targetId}",{data}]""";

    public override string Message(string room, string data) => $"""42["message","{room}",{data}]""";

    /// <summary>Engine.IO's opening is answered by connecting to the main namespace, its ping by a pong.</summary>
    public override string? Reply(ReadOnlySpan<byte> message) => message switch
    {
        [(byte)'0', ..] => "40",
        [(byte)'2'] => "3",
        _ => null,
    };

    public override bool IsRefusal(ReadOnlySpan<byte> message) => message.StartsWith("44"u8) || message.StartsWith("41"u8) || message is [(byte)'1'];
}
