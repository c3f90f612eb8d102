using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>HTTP/1.1 without TLS, on the pipes of Kestrel's sockets.</summary>
[TestFixture]
public sealed class PlainHttp1Tests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http1;

    protected override bool UsesTls => false;

    protected override string Transport => "KestrelTransport";
}
