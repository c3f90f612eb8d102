namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// Takes the messages that EasyRTC clients send to the server itself (<c>sendServerMessage</c>: an <c>easyrtcMsg</c> without a target). Register one in the
/// container as a singleton; without one, such messages stay unanswered, as in EasyRTC.
/// </summary>
public interface IEasyRtcMessageHandler
{
    /// <summary>Deals with one message. Called concurrently for different clients; a client's next request waits for it. An exception is logged and refuses.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Fires when the client is gone.</param>
    /// <returns>The answer; <see langword="null"/> for a plain acknowledgement.</returns>
    ValueTask<EasyRtcAnswer?> HandleAsync(EasyRtcMessage message, CancellationToken cancellationToken);
}
