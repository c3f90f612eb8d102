using System.Globalization;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.Errors;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.MessageBoxes;

/// <summary>Why a request is not served: <c>{"type":"error","code":CODE,"data":SENTENCE}</c> with a status that is not 200.</summary>
/// <param name="Status">The status.</param>
/// <param name="Code">The stable code, as other clients get it.</param>
/// <param name="Sentence">For whoever looks into it. It never repeats what the request said.</param>
internal sealed record MessageBoxRefusal(int Status, string Code, string Sentence)
{
    /// <summary>After how many seconds to try again; <see langword="null"/> if that is not known.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static MessageBoxRefusal Forbidden { get; } = new(
        StatusCodes.Status403Forbidden,
        SignalingErrorCode.NotPermitted,
        "Pages of this origin may not use the message boxes. The server's setting AllowedOrigins says which may.");

    public static MessageBoxRefusal MethodNotAllowed { get; } =
        new(StatusCodes.Status405MethodNotAllowed, SignalingErrorCode.InvalidMessage, "Only GET and POST are served here.");

    public static MessageBoxRefusal UnsupportedType { get; } = new(
        StatusCodes.Status415UnsupportedMediaType,
        SignalingErrorCode.InvalidMessage,
        "A body is application/x-www-form-urlencoded, or the message itself as text/plain or application/json, in UTF-8.");

    public static MessageBoxRefusal Stopping { get; } =
        new(StatusCodes.Status503ServiceUnavailable, SignalingErrorCode.ServerStopping, "The server is stopping.") { RetryAfterSeconds = 1 };

    public static MessageBoxRefusal BadRequest(string sentence) =>
        new(StatusCodes.Status400BadRequest, SignalingErrorCode.InvalidArgument, sentence);

    public static MessageBoxRefusal TooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge,
        SignalingErrorCode.LimitExceeded,
        string.Create(CultureInfo.InvariantCulture, $"A message must not be longer than {limit} bytes (MaxMessageBytes)."));

    /// <summary>A refusal of the boxes.</summary>
    public static MessageBoxRefusal Of(SignalingError error) => error.Code switch
    {
        SignalingErrorCode.InvalidArgument => BadRequest(error.Message),
        SignalingErrorCode.ServerStopping => Stopping,
        SignalingErrorCode.LimitExceeded when error.RetryAfter is not null =>
            new(StatusCodes.Status503ServiceUnavailable, error.Code, error.Message) { RetryAfterSeconds = SecondsOf(error.RetryAfter) },
        _ => new(StatusCodes.Status429TooManyRequests, error.Code, error.Message) { RetryAfterSeconds = SecondsOf(error.RetryAfter) },
    };

    private static int? SecondsOf(TimeSpan? wait) => wait is { } time ? RetryAfter.WholeSeconds(time) : null;
}
