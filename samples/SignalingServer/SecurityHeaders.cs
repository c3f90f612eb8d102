namespace SignalingServer;

/// <summary>What browsers are told about the pages, so that a mistake in one of them does little harm.</summary>
internal static class SecurityHeaders
{
    // Scripts and styles only from here; connections also to the WebSocket of another server, to which a page may be pointed.
    private const string ContentSecurityPolicy =
        "default-src 'self'; connect-src 'self' ws: wss:; media-src 'self' blob:; img-src 'self' data:; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /// <summary>Adds them to every answer.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(static (context, next) =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    });
}
