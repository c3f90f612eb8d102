using WebRtcSignaling.Errors;

namespace WebRtcSignaling.Limits;

/// <summary>
/// Counts what one connection, or one session, sends against its rates. Has no timer and allocates nothing after its creation. Safe for concurrent use.
/// </summary>
/// <param name="rates">The rates.</param>
public sealed class MessageAllowance(MessageRates rates)
{
    private TokenBucket _messages;
    private TokenBucket _bytes;
    private TokenBucket _refusals;

    /// <summary>Counts a message. A message that is refused uses up nothing.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="timestamp">The time now: <see cref="TimeProvider.GetTimestamp"/> of the clock that the rates were made for.</param>
    /// <param name="isExhausted">Whether the sender has been refused so often that its connection or session is to be closed.</param>
    /// <returns><c>rate-limited</c> with the time after which the same message passes; <see langword="null"/> if it passes now.</returns>
    public SignalingError? Take(int bytes, long timestamp, out bool isExhausted)
    {
        ref readonly TokenRate byteRate = ref rates.Bytes;
        ref readonly TokenRate messageRate = ref rates.Messages;
        isExhausted = false;
        long wait = _bytes.Take(in byteRate, timestamp, bytes);
        if (wait == 0)
        {
            wait = _messages.Take(in messageRate, timestamp, 1);
            if (wait == 0)
            {
                return null;
            }

            _bytes.GiveBack(in byteRate, bytes);
        }

        return Refuse(wait, timestamp, out isExhausted);
    }

    /// <summary>Counts what was refused for another reason of this kind, so that whoever goes on is closed all the same.</summary>
    internal bool CountRefusal(long timestamp)
    {
        return _refusals.Take(in rates.Refusals, timestamp, 1) > 0;
    }

    private SignalingError Refuse(long wait, long timestamp, out bool isExhausted)
    {
        isExhausted = CountRefusal(timestamp);
        return SignalingErrors.RateLimited(rates.Time.GetElapsedTime(0, wait));
    }
}
