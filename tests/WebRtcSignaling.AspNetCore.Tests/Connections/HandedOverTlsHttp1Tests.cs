using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>HTTP/1.1 with TLS, where the connection outlives its request on the decrypted side.</summary>
[TestFixture]
public sealed class HandedOverTlsHttp1Tests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http1;

    protected override bool UsesTls => true;

    protected override string Transport => "KestrelTransport";

    protected override Action<ListenOptions> Listen => base.Listen + (static listen => listen.UseSignalingConnections());
}
