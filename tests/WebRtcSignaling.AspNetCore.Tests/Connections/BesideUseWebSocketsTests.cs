using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>An app may have asked for ASP.NET Core's own WebSockets; ours stay what they are.</summary>
[TestFixture]
public sealed class BesideUseWebSocketsTests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http1;

    protected override bool UsesTls => false;

    protected override string Transport => "KestrelTransport";

    protected override void UseMiddleware(WebApplication app) => app.UseWebSockets();
}
