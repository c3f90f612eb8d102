using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Origins;

/// <summary>
/// Lets pages of allowed origins make HTTP requests, and their browsers hand them our responses (CORS, Fetch standard section 3.2). The same origins as for
/// WebSockets. The response repeats the origin and allows credentials, because some clients always send their requests with credentials; pages of other
/// origins get no such fields, and their requests are not served. Images, scripts and links ask without an origin; browsers say then whether another site's page wanted
/// them (<c>Sec-Fetch-Site</c>, Fetch Metadata section 2.2), which is no better: it would cost the visitor's address what requests cost.
/// </summary>
internal sealed class CrossOriginPolicy(OriginPolicy origins)
{
    /// <summary>Checks where a request comes from, and lets that origin read the response.</summary>
    public CrossOriginVerdict Check(HttpContext context)
    {
        StringValues values = context.Request.Headers.Origin;
        if (values.Count == 0)
        {
            return IsCrossSite(context.Request) && !origins.AllowsAnybody ? CrossOriginVerdict.Forbidden : CrossOriginVerdict.Allowed;
        }

        if (values is not [{ } origin] || origin.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return CrossOriginVerdict.Malformed;
        }

        if (!origins.Allows(origin, context.Request.Scheme, context.Request.Host.Value ?? ""))
        {
            return CrossOriginVerdict.Forbidden;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        headers.Append("Vary", "Origin");
        return CrossOriginVerdict.Allowed;
    }

    /// <summary>Answers a preflight of an origin that is allowed: a request of a kind that no form could send has one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="methods">The methods that are served here, with commas.</param>
    public static void AnswerPreflight(HttpContext context, string methods)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowMethods = methods;
        headers.AccessControlMaxAge = "600";
        IEnumerable<string> wanted = HttpToken.Elements(context.Request.Headers.AccessControlRequestHeaders);
        if (string.Join(", ", wanted.Where(static name => HttpToken.IsValid(name))) is { Length: > 0 } names)
        {
            headers.AccessControlAllowHeaders = names;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static bool IsCrossSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is ["cross-site"];
}
