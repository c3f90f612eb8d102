using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.Compatibility.EngineIO.Http;

/// <summary>
/// Lets pages of allowed origins in, and their browsers hand them our responses. Clients of version 3 always send their requests with credentials, which browsers
/// allow only where the response repeats the origin and says so; clients of version 4 do on demand, and take the same answer.
/// </summary>
internal sealed class CrossOriginPolicy(OriginPolicy origins)
{
    /// <summary>Checks where a request comes from, and lets that origin read the response.</summary>
    /// <returns>Why it is refused; <see langword="null"/> if it is not.</returns>
    public EngineRefusal? Check(HttpContext context)
    {
        StringValues values = context.Request.Headers.Origin;
        if (values.Count == 0)
        {
            return null;
        }

        if (values is not [{ } origin] || origin.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return EngineRefusal.BadRequest;
        }

        if (!origins.Allows(origin, context.Request.Scheme, context.Request.Host.Value ?? ""))
        {
            return EngineRefusal.Forbidden;
        }

        RequestOrigin.ShareResponse(context);
        return null;
    }

    /// <summary>Answers a preflight of an origin that is allowed: a POST of bytes, or with headers that the page added, has one.</summary>
    public static void AnswerPreflight(HttpContext context) => RequestOrigin.AnswerPreflight(context, "GET, POST");
}
