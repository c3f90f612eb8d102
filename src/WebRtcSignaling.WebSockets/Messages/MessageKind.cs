namespace WebRtcSignaling.WebSockets.Messages;

/// <summary>What a <see cref="MessageReader"/> hands out: a whole data message or a control frame.</summary>
internal enum MessageKind
{
    Text,
    Binary,
    Ping,
    Pong,
    Close,
}
