using System.Buffers;
using Microsoft.AspNetCore.Http;
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

        if (context.RequestAborted.IsCancellationRequested)
        {
            if (verdict == RequestVerdict.Hold)
            {
                // It may have been lost right behind the wait, and then nobody has said so.
                session.LosePoll();
            }

            return;
        }

        await AnswerAsync(context, session).ConfigureAwait(false);
    }

    /// <summary>Answers with what waits in the session: a poll, or the request that began it.</summary>
    public static async Task AnswerAsync(HttpContext context, EngineSession session)
    {
        PollAnswer answer = session.EndPoll();
        try
        {
            var body = new ArrayBufferWriter<byte>();
            string contentType = PayloadWriter.Write(session.Opening.Version, session.Opening.TakesBase64, answer.Packets, body);

            // A client that does not take its answers keeps none of them here once it is put out. It still hears that it is: those words weigh nothing.
            using (answer.Weight == 0
                ? default
                : session.Ended.UnsafeRegister(static state => AbortIfSlow(((HttpContext, EngineSession))state!), (context, session)))
            {
                await HttpBody.WriteAsync(context, contentType, body.WrittenMemory).ConfigureAwait(false);
            }
        }
        finally
        {
            session.EndSending(answer);
        }
    }

    private static void AbortIfSlow((HttpContext Context, EngineSession Session) answer)
    {
        if (answer.Session.EndedBySlowness)
        {
            answer.Context.Abort();
        }
    }
}
