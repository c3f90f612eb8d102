using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>HTTP/2 with TLS, where the thread that hears of bytes decrypts them and takes frames apart, in large blocks of memory.</summary>
[TestFixture]
public sealed class InlineTlsHttp2Tests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http2;

    protected override bool UsesTls => true;

    protected override string Transport => "StreamTransport";

    protected override void UseServer(WebApplicationBuilder builder)
    {
        SignalingWebHostBuilderExtensions.UseInlineScheduling(builder.Services);
        builder.WebHost.UseSignalingMemoryPool();
    }
}
