using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Payloads;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.Http;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EngineIO.Http;

/// <summary>A POST by which a client sends packets. It is answered when all of them have been dealt with, so that a client cannot send faster than that.</summary>
internal static class PostRequest
{
    private static readonly byte[] _ok = "ok"u8.ToArray();

    public static async Task HandleAsync(HttpContext context, EngineSession session)
    {
        RequestVerdict verdict = session.BeginPost();
        EngineRefusal? refusal = EngineRefusal.Of(verdict);
        if (verdict == RequestVerdict.Proceed)
        {
            refusal = await ReceiveAsync(context, session).ConfigureAwait(false);
            session.EndPost();
        }

        await (refusal?.WriteAsync(context) ?? HttpBody.WriteAsync(context, "text/plain; charset=UTF-8", _ok)).ConfigureAwait(false);
    }

    private static async ValueTask<EngineRefusal?> ReceiveAsync(HttpContext context, EngineSession session)
    {
        byte[]? body;
        try
        {
            body = await ReadAsync(context.Request, session).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            // The web server's own limits of size and speed.
            session.BreakPost(SessionCloseReason.ProtocolError);
            return EngineRefusal.BadRequest with { Status = exception.StatusCode };
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            session.BreakPost(SessionCloseReason.ConnectionLost);
            return EngineRefusal.SessionUnknown;
        }

        if (body is null || !PayloadReader.TryRead(session.Opening.Version, IsBinary(context.Request), body, out IEnumerable<EnginePacket> packets))
        {
            session.BreakPost(SessionCloseReason.ProtocolError);
            return body is null ? EngineRefusal.TooLarge : EngineRefusal.BadRequest;
        }

        foreach (EnginePacket packet in packets)
        {
            if (!await session.ReceiveAsync(packet).ConfigureAwait(false))
            {
                return EngineRefusal.BadRequest;
            }
        }

        return null;
    }

    /// <summary>Reads the body.</summary>
    /// <returns>The body; <see langword="null"/> if it is larger than may be.</returns>
    private static async ValueTask<byte[]?> ReadAsync(HttpRequest request, EngineSession session)
    {
        int max = session.Settings.MaxPayloadBytes;
        if (request.ContentLength > max)
        {
            return null;
        }

        // A body that never ends lasts as long as the session, and that has its heartbeat.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted, session.Ended);
        while (true)
        {
            ReadResult result = await request.BodyReader.ReadAsync(ended.Token).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (buffer.Length > max)
            {
                request.BodyReader.AdvanceTo(buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                byte[] body = buffer.ToArray();
                request.BodyReader.AdvanceTo(buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static bool IsBinary(HttpRequest request) =>
        request.ContentType?.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) == true;
}
