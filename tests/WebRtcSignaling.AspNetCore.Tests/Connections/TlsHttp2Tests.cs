using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>HTTP/2 with TLS, as browsers use it.</summary>
[TestFixture]
public sealed class TlsHttp2Tests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http2;

    protected override bool UsesTls => true;

    protected override string Transport => "StreamTransport";
}
