using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>A connection that the web server gives as a stream. While nothing comes, no buffer is held to read into.</summary>
internal sealed class StreamTransport(HttpContext context, Stream stream) : IUpgradedTransport
{
    public PipeReader Input { get; } = PipeReader.Create(stream, new(leaveOpen: true, useZeroByteReads: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new(leaveOpen: true));

    public async ValueTask EndAsync(ConnectionEnd end)
    {
        if (end == ConnectionEnd.Abort)
        {
            context.Abort();
        }

        await Input.CompleteAsync().ConfigureAwait(false);

        // Everything is flushed or given up; the error keeps the writer from flushing again what an aborted flush left behind.
        await Output.CompleteAsync(end == ConnectionEnd.Abort ? new OperationCanceledException() : null).ConfigureAwait(false);
    }
}
