namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>A conversation that takes binary messages, too. Any other one's connection closes with 1003 when one comes.</summary>
public interface IBinaryConversation : IConversation
{
    /// <summary>Deals with one binary message; the next message waits until this completes.</summary>
    /// <param name="message">Valid until this completes.</param>
    ValueTask ReceiveBinaryAsync(ReadOnlyMemory<byte> message);
}
