using System.Text;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Writes a refusal as an HTTP response.</summary>
internal static class RefusalResponse
{
    public static Task WriteAsync(HttpResponse response, HandshakeRefusal refusal)
    {
        response.StatusCode = refusal.Status;
        response.ContentType = HandshakeRefusal.ContentType;
        foreach ((string name, string value) in refusal.Fields)
        {
            // A later HTTP knows no fields about the connection (RFC 9113 section 8.2.2).
            if (HttpProtocol.IsHttp11(response.HttpContext.Request.Protocol) || name is not ("Connection" or "Upgrade"))
            {
                response.Headers[name] = value;
            }
        }

        byte[] body = Encoding.UTF8.GetBytes(refusal.Message + "\n");
        response.Headers.CacheControl = "no-store";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(response.HttpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, response.HttpContext.RequestAborted).AsTask();
    }
}
