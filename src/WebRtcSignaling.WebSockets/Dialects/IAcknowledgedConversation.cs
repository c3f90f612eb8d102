namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>
/// A dialect that keeps what it sends until the client has it. A client reads in order, so the Pong that answers a Ping says that all before that Ping has come
/// (RFC 6455 section 5.5.3), whether or not the client says so itself.
/// </summary>
internal interface IAcknowledgedConversation : IConversation
{
    /// <summary>The number of the last message that was sent; 0 for none. A Ping that is sent after this was read goes behind it.</summary>
    long LastSent { get; }

    /// <summary>The client has everything up to a number. It is the client who says so, so it may be any number.</summary>
    void Acknowledge(long number);
}
