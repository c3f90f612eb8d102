namespace WebRtcSignaling.Compatibility.SocketIO.Packets;

/// <summary>The first character of a packet.</summary>
internal enum SocketPacketType
{
    Connect = 0,
    Disconnect = 1,
    Event = 2,
    Ack = 3,

    /// <summary>Only from the server: a connection to a namespace was refused.</summary>
    ConnectError = 4,

    /// <summary>An event whose arguments hold placeholders for the binary messages that follow it.</summary>
    BinaryEvent = 5,
    BinaryAck = 6,
}
