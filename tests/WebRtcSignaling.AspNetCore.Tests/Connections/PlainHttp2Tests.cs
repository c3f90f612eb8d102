using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>HTTP/2 with prior knowledge and without TLS.</summary>
[TestFixture]
public sealed class PlainHttp2Tests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http2;

    protected override bool UsesTls => false;

    protected override string Transport => "StreamTransport";
}
