namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>What the answer says to a request that becomes a connection.</summary>
/// <param name="Accept">
/// The value of <c>Sec-WebSocket-Accept</c>; <see langword="null"/> for an extended CONNECT, whose answer has none.
/// </param>
/// <param name="SubProtocol">The value of <c>Sec-WebSocket-Protocol</c>; <see langword="null"/> for an answer without it.</param>
internal sealed record HandshakeAcceptance(string? Accept, string? SubProtocol)
{
    /// <summary>The ticket that came among the sub-protocols and still is to be redeemed; <see langword="null"/> for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>Whether the client says <c>hello</c> first.</summary>
    public bool AnnouncesHello { get; init; }

    /// <summary>Without the ticket, which is a secret.</summary>
    public override string ToString() => $"{nameof(HandshakeAcceptance)} {{ {nameof(SubProtocol)} = {SubProtocol} }}";
}
