using WebRtcSignaling.Errors;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Messages;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>The calls into a dialect: whatever one throws, and when, comes back in the task.</summary>
internal static class ConversationCalls
{
    /// <summary>Lets a conversation begin, deal with a message, or refuse it.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="message">The message; <see langword="null"/> to begin.</param>
    /// <param name="refusal">Why it is refused; <see langword="null"/> if it is not.</param>
    public static ValueTask CallAsync(IConversation conversation, IncomingMessage? message, SignalingError? refusal)
    {
        try
        {
            return message switch
            {
                null => conversation.StartAsync(),
                { } early when refusal is not null => conversation.RefuseAsync(early.Payload, refusal),
                { Kind: MessageKind.Text } text => conversation.ReceiveAsync(text.Payload),
                { } bytes => ((IBinaryConversation)conversation).ReceiveBinaryAsync(bytes.Payload),
            };
        }
#pragma warning disable CA1031 // See above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ValueTask.FromException(exception);
        }
    }
}
