using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace WebRtcSignaling.AspNetCore.MessageBoxes;

/// <summary>The body of a POST, which is a form or the message itself.</summary>
/// <param name="IsForm">Whether it holds parameters.</param>
/// <param name="Text">What it holds; empty if there is none.</param>
internal sealed record MessageBoxBody(bool IsForm, string Text)
{
    /// <summary>A byte of a form's value may be written as <c>%XX</c>.</summary>
    private const int EscapedLength = 3;

    /// <summary>What a form may have beside the message: the names, a box, a time.</summary>
    private const int RestOfForm = 1_024;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly MessageBoxBody _empty = new(IsForm: false, "");

    /// <summary>Reads a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxMessageBytes">How long a message may be.</param>
    /// <returns>The body, or why it is refused.</returns>
    public static async ValueTask<(MessageBoxBody Body, MessageBoxRefusal? Refusal)> ReadAsync(HttpRequest request, int maxMessageBytes)
    {
        bool? isForm = KindOf(request.ContentType);
        long limit = isForm == true ? ((long)maxMessageBytes * EscapedLength) + RestOfForm : maxMessageBytes;
        byte[]? bytes;
        try
        {
            bytes = await ReadAsync(request, limit).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            // The web server's own limits of size and speed.
            return (_empty, MessageBoxRefusal.BadRequest("The body did not come as it should.") with { Status = exception.StatusCode });
        }

        if (bytes is null)
        {
            return (_empty, MessageBoxRefusal.TooLarge(maxMessageBytes));
        }

        if (bytes.Length == 0)
        {
            return (_empty, null);
        }

        if (isForm is null)
        {
            return (_empty, MessageBoxRefusal.UnsupportedType);
        }

        try
        {
            return (new MessageBoxBody(isForm.Value, _utf8.GetString(bytes)), null);
        }
        catch (DecoderFallbackException)
        {
            return (_empty, MessageBoxRefusal.BadRequest("A body is well-formed UTF-8."));
        }
    }

    /// <summary>Not what it holds.</summary>
    public override string ToString() => $"{nameof(MessageBoxBody)} {{ Length = {Text.Length} }}";

    /// <summary>Whether a body of that type is a form; <see langword="null"/> if it is nothing that is understood.</summary>
    private static bool? KindOf(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            || (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return type.MediaType.Value!.ToUpperInvariant() switch
        {
            "APPLICATION/X-WWW-FORM-URLENCODED" => true,
            "TEXT/PLAIN" or "APPLICATION/JSON" => false,
            _ => null,
        };
    }

    /// <summary>Reads all bytes; <see langword="null"/> if there are more than may be.</summary>
    private static async ValueTask<byte[]?> ReadAsync(HttpRequest request, long limit)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        while (true)
        {
            ReadResult result = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (buffer.Length > limit)
            {
                request.BodyReader.AdvanceTo(buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                byte[] bytes = buffer.ToArray();
                request.BodyReader.AdvanceTo(buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
