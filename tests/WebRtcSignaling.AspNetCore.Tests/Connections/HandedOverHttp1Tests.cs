using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>HTTP/1.1 without TLS, where the connection outlives its request.</summary>
[TestFixture]
public sealed class HandedOverHttp1Tests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http1;

    protected override bool UsesTls => false;

    protected override string Transport => "KestrelTransport";

    protected override Action<ListenOptions> Listen => base.Listen + (static listen => listen.UseSignalingConnections());
}
