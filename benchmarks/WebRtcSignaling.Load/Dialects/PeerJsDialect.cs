namespace WebRtcSignaling.Load.Dialects;

/// <summary>A client of PeerJS' server, which knows peers by ids of their own choice, and no rooms.</summary>
internal sealed class PeerJsDialect : ClientDialect
{
    public override bool HasRooms => false;

    /// <summary>PeerJS' own clients say that they live every 5 s; the server sends nothing by itself.</summary>
    public override (string Message, TimeSpan Interval)? Heartbeat => ("""{"type":"HEARTBEAT"}""", TimeSpan.FromSeconds(5));

    public override string RequestTarget(string name) => $"/peerjs?key=peerjs&id={name}&token=token";

    public override string? ReadId(ReadOnlySpan<byte> message, string name) => message.StartsWith("{\"type\":\"OPEN\""u8) ? name : null;

    public override string Join(string room) => throw new NotSupportedException("PeerJS knows no rooms.");

    public override bool IsJoined(ReadOnlySpan<byte> message) => throw new NotSupportedException("PeerJS knows no rooms.");

    public override string Signal(string room, string targetId, string data) => $$"""{"type":"CANDIDATE","dst":"{{targetId}}","payload":{{data}}}""";

    public override string Message(string room, string data) => throw new NotSupportedException("PeerJS knows no rooms.");

    public override bool IsRefusal(ReadOnlySpan<byte> message) =>
        message.StartsWith("{\"type\":\"ERROR\""u8) || message.StartsWith("{\"type\":\"ID-TAKEN\""u8) || message.IndexOf("\"EXPIRE\""u8) >= 0;
}
