using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>HTTP/1.1 with TLS, on the pipes of Kestrel's decrypted side.</summary>
[TestFixture]
public sealed class TlsHttp1Tests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http1;

    protected override bool UsesTls => true;

    protected override string Transport => "KestrelTransport";
}
