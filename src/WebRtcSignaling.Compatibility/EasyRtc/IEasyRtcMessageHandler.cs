namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// Handles the messages that EasyRTC clients send to the server itself (<c>sendServerMessage</c>: an <c>easyrtcMsg</c> without a target). Register one in the
/// container as a singleton; without one, such messages stay unanswered, as in EasyRTC.
/// </summary>
public interface IEasyRtcMessageHandler
{
    /// <summary>
    /// Handles one message. Called concurrently for different clients; a client's next request waits for it. If it throws, the exception is logged and the message is
    /// refused.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Fires when the client has disconnected.</param>
    /// <returns>The answer; <see langword="null"/> for a plain acknowledgement.</returns>
    ValueTask<EasyRtcAnswer?> HandleAsync(EasyRtcMessage message, CancellationToken cancellationToken);
}
