using System.Buffers;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Payloads;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.Http;

namespace WebRtcSignaling.Compatibility.EngineIO.Http;

/// <summary>A GET by which a client waits for packets.</summary>
internal static class PollRequest
{
    public static async Task HandleAsync(HttpContext context, EngineSession session)
    {
        (RequestVerdict verdict, Task held) = session.BeginPoll();
        if (EngineRefusal.Of(verdict) is { } refusal)
        {
            await refusal.WriteAsync(context).ConfigureAwait(false);
            return;
        }

        using (context.RequestAborted.UnsafeRegister(static session => ((EngineSession)session!).LosePoll(), session))
        {
            await held.ConfigureAwait(false);
        }

        if (!context.RequestAborted.IsCancellationRequested)
        {
            await AnswerAsync(context, session).ConfigureAwait(false);
        }
    }

    /// <summary>Answers with what waits in the session: a poll, or the request that began it.</summary>
    public static Task AnswerAsync(HttpContext context, EngineSession session)
    {
        List<OutgoingPacket> packets = session.EndPoll();
        var body = new ArrayBufferWriter<byte>();
        string contentType = PayloadWriter.Write(session.Opening.Version, session.Opening.TakesBase64, packets, body);
        return HttpBody.WriteAsync(context, contentType, body.WrittenMemory);
    }
}
