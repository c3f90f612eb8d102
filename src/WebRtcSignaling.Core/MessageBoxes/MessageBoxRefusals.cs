using WebRtcSignaling.Errors;

namespace WebRtcSignaling.MessageBoxes;

/// <summary>Why a message box refuses a request.</summary>
internal static class MessageBoxRefusals
{
    internal static readonly SignalingError NoId = new(SignalingErrorCode.InvalidArgument, "That is not the id of a message box.");

    internal static readonly SignalingError EmptyMessage = new(SignalingErrorCode.InvalidArgument, "A message must not be empty.");

    internal static readonly SignalingError NotUnicode =
        new(SignalingErrorCode.InvalidArgument, "A message must be well-formed Unicode text.");

    internal static readonly SignalingError Stopping = new(SignalingErrorCode.ServerStopping, "The server is stopping.");

    internal static SignalingError MessageTooLong(int limit) =>
        new(SignalingErrorCode.LimitExceeded, $"A message must not be longer than {limit} bytes (MaxMessageBytes).");

    internal static SignalingError TooManyMessages(int limit) =>
        new(SignalingErrorCode.LimitExceeded, $"The message box holds {limit} messages already (MaxMessagesPerBox).");

    internal static SignalingError BoxFull(int limit) =>
        new(SignalingErrorCode.LimitExceeded, $"The messages of the box would be longer than {limit} bytes (MaxBoxBytes).");

    internal static SignalingError TooManyWaits(int limit) =>
        new(SignalingErrorCode.LimitExceeded, $"{limit} requests wait at the message box already (MaxWaitsPerBox).");

    // Of one client, unlike those below, which are the server's.
    internal static SignalingError TooManyBoxesOfAddress(int limit, TimeSpan? retryAfter) =>
        new(SignalingErrorCode.RateLimited, $"Your address uses {limit} message boxes already (MaxBoxesPerAddress).") { RetryAfter = retryAfter };

    internal static SignalingError TooManyBytesOfAddress(long limit, TimeSpan? retryAfter) =>
        new(SignalingErrorCode.RateLimited, $"Your address's messages would be longer than {limit} bytes together (MaxBytesPerAddress).")
        {
            RetryAfter = retryAfter,
        };

    internal static SignalingError TooManyBoxes(TimeSpan? retryAfter) =>
        new(SignalingErrorCode.LimitExceeded, "No further message box can be used at present (MaxBoxes).") { RetryAfter = retryAfter };

    internal static SignalingError AllFull(TimeSpan? retryAfter) =>
        new(SignalingErrorCode.LimitExceeded, "The message boxes hold as much as they may at present (MaxTotalBytes).")
        {
            RetryAfter = retryAfter,
        };
}
