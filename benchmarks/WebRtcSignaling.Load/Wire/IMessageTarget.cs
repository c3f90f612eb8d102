namespace WebRtcSignaling.Load.Wire;

/// <summary>Whoever hears what happens on a <see cref="ClientConnection"/>, on the thread that calls <see cref="ClientConnection.Receive"/>.</summary>
internal interface IMessageTarget
{
    /// <summary>The handshake is done.</summary>
    void OnUpgraded(ClientConnection connection);

    /// <summary>A whole text message; its bytes are valid during the call.</summary>
    void OnMessage(ClientConnection connection, ReadOnlySpan<byte> message);

    /// <summary>A Ping that is to be answered.</summary>
    void OnPing(ClientConnection connection, ReadOnlySpan<byte> payload);
}
