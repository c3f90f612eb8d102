using System.Text;
using Microsoft.AspNetCore.Http;

namespace WebRtcSignaling.Compatibility.PeerJs.Http;

/// <summary>Writes the answers to the calls beside the WebSocket.</summary>
internal static class PeerJsResponse
{
    public static async Task WriteAsync(HttpContext context, string contentType, string text)
    {
        HttpResponse response = context.Response;
        byte[] body = Encoding.UTF8.GetBytes(text);
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
