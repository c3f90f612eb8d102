using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Which page a request comes from, and what its browser is told of that.</summary>
internal static class RequestOrigin
{
    /// <summary>Why the page may not come here; <see langword="null"/> if it may.</summary>
    public static HandshakeRefusal? Check(HttpRequest request, OriginPolicy origins)
    {
        StringValues values = request.Headers.Origin;
        return values.Count > 1 ? HandshakeRefusals.BadRequest("There must be at most one header field Origin.")
            : origins.Allows(values.Count == 0 ? null : values[0], request.Scheme, request.Host.Value ?? "") ? null
            : HandshakeRefusals.OriginNotAllowed;
    }

    /// <summary>
    /// Lets a page that passed <see cref="Check"/> read the response to a request with the user's cookies, which browsers allow only where the
    /// response repeats the origin and says so (Fetch standard, "CORS protocol and credentials").
    /// </summary>
    public static void ShareResponse(HttpContext context)
    {
        // An origin has visible characters only; where every origin is allowed, anything else may have come this far.
        if (context.Request.Headers.Origin is [{ Length: > 0 } origin] && !origin.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            IHeaderDictionary fields = context.Response.Headers;
            fields.AccessControlAllowOrigin = origin;
            fields.AccessControlAllowCredentials = "true";
            fields.Append("Vary", "Origin");
        }
    }

    /// <summary>Answers a browser that asks whether a page that passed <see cref="Check"/> may send a request.</summary>
    /// <param name="context">The preflight.</param>
    /// <param name="methods">The methods that are served here.</param>
    public static void AnswerPreflight(HttpContext context, string methods)
    {
        IHeaderDictionary fields = context.Response.Headers;
        fields.AccessControlAllowMethods = methods;
        fields.AccessControlMaxAge = "600";
        IEnumerable<string> wanted = HttpToken.Elements(context.Request.Headers.AccessControlRequestHeaders);
        if (string.Join(", ", wanted.Where(static name => HttpToken.IsValid(name))) is { Length: > 0 } names)
        {
            fields.AccessControlAllowHeaders = names;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
