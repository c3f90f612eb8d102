using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>A connection that the web server gives as a stream. While nothing comes, no buffer is held to read into.</summary>
internal sealed class StreamTransport(HttpContext context, Stream stream, UpgradeSettings settings) : IUpgradedTransport
{
    public PipeReader Input { get; } = PipeReader.Create(stream, new(leaveOpen: true, useZeroByteReads: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new(leaveOpen: true));

    public async ValueTask EndAsync(ConnectionEnd end)
    {
        if (end == ConnectionEnd.Abort)
        {
            context.Abort();
        }
        else if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The connection ends with its stream. Of HTTP/2 it is one of many.
            ClosingConnection.Watch(context, settings);
        }

        await Input.CompleteAsync().ConfigureAwait(false);

        // Everything is flushed or given up; the error keeps the writer from flushing again what an aborted flush left behind.
        await Output.CompleteAsync(end == ConnectionEnd.Abort ? new OperationCanceledException() : null).ConfigureAwait(false);
    }
}
