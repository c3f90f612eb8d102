using Microsoft.AspNetCore.Http;

namespace WebRtcSignaling.Compatibility.EngineIO.Http;

/// <summary>Writes responses; what a status is has been set before.</summary>
internal static class EngineResponse
{
    private static readonly byte[] _ok = "ok"u8.ToArray();

    /// <summary>The answer to every POST that was taken.</summary>
    public static Task WriteOkAsync(HttpContext context) => WriteAsync(context, "text/plain; charset=UTF-8", _ok);

    public static async Task WriteAsync(HttpContext context, string contentType, ReadOnlyMemory<byte> body)
    {
        HttpResponse response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
