using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WebRtcSignaling.AspNetCore.MessageBoxes;

/// <summary>
/// Writes answers:
/// <code>
///   {"type":"created","data":BOX}   {"type":"ack","data":COUNT}   {"type":"msgs","data":[MESSAGE, ...]}   {"type":"error","code":CODE,"data":SENTENCE}
/// </code>
/// </summary>
internal static class MessageBoxResponse
{
    public static Task WriteCreatedAsync(HttpContext context, string box) =>
        WriteAsync(context, "created", box, static (json, box) => json.WriteStringValue(box));

    public static Task WriteAckAsync(HttpContext context, int count) =>
        WriteAsync(context, "ack", count, static (json, count) => json.WriteNumberValue(count));

    public static Task WriteMessagesAsync(HttpContext context, IReadOnlyList<ReadOnlyMemory<byte>> messages) =>
        WriteAsync(context, "msgs", messages, static (json, messages) =>
        {
            json.WriteStartArray();
            foreach (ReadOnlyMemory<byte> message in messages)
            {
                json.WriteStringValue(message.Span);
            }

            json.WriteEndArray();
        });

    public static Task WriteAsync(HttpContext context, MessageBoxRefusal refusal)
    {
        HttpResponse response = context.Response;
        response.StatusCode = refusal.Status;
        if (refusal.Status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = MessageBoxHandler.Methods;
        }

        if (refusal.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, "error", refusal.Sentence, static (json, sentence) => json.WriteStringValue(sentence), refusal.Code);
    }

    private static async Task WriteAsync<T>(HttpContext context, string type, T data, Action<Utf8JsonWriter, T> write, string? code = null)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            if (code is not null)
            {
                json.WriteString("code", code);
            }

            json.WritePropertyName("data");
            write(json, data);
            json.WriteEndObject();
        }

        HttpResponse response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.WrittenCount;

        // As the original has them: caches ask each time, and proxies pass it on at once.
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
