using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.AspNetCore.Origins;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.Http;

namespace WebRtcSignaling.Compatibility.EngineIO.Http;

/// <summary>What a request is answered with that is not served: a status, and a code and a sentence as clients know them from the original.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Code">The code.</param>
/// <param name="Message">The sentence. It never repeats what the request said.</param>
internal sealed record EngineRefusal(int Status, int Code, string Message)
{
    private const int BadRequestCode = 3;

    public static EngineRefusal TransportUnknown { get; } = new(StatusCodes.Status400BadRequest, 0, "Transport unknown");

    public static EngineRefusal SessionUnknown { get; } = new(StatusCodes.Status400BadRequest, 1, "Session ID unknown");

    public static EngineRefusal BadHandshakeMethod { get; } = new(StatusCodes.Status400BadRequest, 2, "Bad handshake method");

    public static EngineRefusal BadRequest { get; } = new(StatusCodes.Status400BadRequest, BadRequestCode, "Bad request");

    public static EngineRefusal TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, BadRequestCode, "Payload too large");

    public static EngineRefusal Overloaded { get; } = new(StatusCodes.Status503ServiceUnavailable, BadRequestCode, "Too many sessions, try again later");

    public static EngineRefusal TooManyOfAddress { get; } =
        new(StatusCodes.Status429TooManyRequests, BadRequestCode, "Too many connections from this address, try again later");

    public static EngineRefusal Stopping { get; } = new(StatusCodes.Status503ServiceUnavailable, BadRequestCode, "Going away, try again");

    public static EngineRefusal Forbidden { get; } = new(StatusCodes.Status403Forbidden, 4, "Forbidden");

    public static EngineRefusal VersionUnsupported { get; } = new(StatusCodes.Status400BadRequest, 5, "Unsupported protocol version");

    /// <summary>Why a request that names a session is not served; <see langword="null"/> if it is.</summary>
    public static EngineRefusal? Of(RequestVerdict verdict) => verdict switch
    {
        RequestVerdict.Overlap or RequestVerdict.WrongTransport => BadRequest,
        RequestVerdict.Unknown => SessionUnknown,
        _ => null,
    };

    /// <summary>Why a request is not served because of where it comes from; <see langword="null"/> if it is.</summary>
    public static EngineRefusal? Of(CrossOriginVerdict verdict) => verdict switch
    {
        CrossOriginVerdict.Forbidden => Forbidden,
        CrossOriginVerdict.Malformed => BadRequest,
        _ => null,
    };

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        string json = string.Create(CultureInfo.InvariantCulture, $"{{\"code\":{Code},\"message\":\"{Message}\"}}");
        return HttpBody.WriteAsync(context, "application/json", Encoding.UTF8.GetBytes(json));
    }
}
