namespace WebRtcSignaling.Load.Dialects;

/// <summary>A client of the hub among the alternatives: SignalR's JSON protocol, on a WebSocket without negotiation.</summary>
internal sealed class SignalRDialect : ClientDialect
{
    private const char End = '\u001e';

    public override byte? Separator => (byte)End;

    /// <summary>SignalR's own clients ping every 15 s.</summary>
    public override (string Message, TimeSpan Interval)? Heartbeat => ($$"""{"type":6}{{End}}""", TimeSpan.FromSeconds(15));

    public override string RequestTarget(string name) => "/hub";

    public override string Opening() => $$"""{"protocol":"json","version":1}{{End}}""";

    public override string? ReadId(ReadOnlySpan<byte> message, string name) => TextAfter(message, "\"target\":\"welcome\",\"arguments\":[\""u8);

    public override string Join(string room) => Call("Join", $"\"{room}\"");

    public override bool IsJoined(ReadOnlySpan<byte> message) => message.IndexOf("\"target\":\"joined\""u8) >= 0;

    public override string Signal(string room, string targetId, string data) => Call("Signal", $"\"{targetId}\",{data}");

    public override string Message(string room, string data) => Call("Message", $"\"{room}\",{data}");

    public override bool IsRefusal(ReadOnlySpan<byte> message) => message.IndexOf("\"error\":"u8) >= 0 || message.StartsWith("{\"type\":7"u8);

    private static string Call(string target, string arguments) => $$"""{"type":1,"target":"{{target}}","arguments":[{{arguments}}]}{{End}}""";
}
