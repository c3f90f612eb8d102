using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>
/// HTTP/1.1 as the ready server has it: the thread that hears of bytes deals with them, a connection outlives its request, and blocks of memory are large. What the environment says about
/// sockets is left out here, as it would be for the other tests, too.
/// </summary>
[TestFixture]
public sealed class InlineHttp1Tests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http1;

    protected override bool UsesTls => false;

    protected override string Transport => "KestrelTransport";

    protected override Action<ListenOptions> Listen => base.Listen + (static listen => listen.UseSignalingConnections());

    protected override void UseServer(WebApplicationBuilder builder)
    {
        SignalingWebHostBuilderExtensions.UseInlineScheduling(builder.Services);
        builder.WebHost.UseSignalingMemoryPool();
    }
}
