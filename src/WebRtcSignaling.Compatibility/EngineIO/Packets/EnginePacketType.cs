namespace WebRtcSignaling.Compatibility.EngineIO.Packets;

/// <summary>The first character of a packet.</summary>
internal enum EnginePacketType
{
    Open = 0,
    Close = 1,
    Ping = 2,
    Pong = 3,
    Message = 4,
    Upgrade = 5,
    Noop = 6,

    /// <summary>Not on the wire: what came is no packet.</summary>
    Malformed = 7,
}
