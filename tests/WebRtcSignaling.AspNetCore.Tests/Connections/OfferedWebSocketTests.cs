using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>Something before us keeps the upgrade to itself and offers a WebSocket of ASP.NET Core in its place.</summary>
[TestFixture]
public sealed class OfferedWebSocketTests : KestrelConformance
{
    protected override HttpProtocols Protocols => HttpProtocols.Http1;

    protected override bool UsesTls => false;

    protected override string Transport => "WebSocketTransport";

    protected override void UseMiddleware(WebApplication app)
    {
        app.UseWebSockets();
        app.Use(static (context, next) =>
        {
            context.Features.Set<IHttpUpgradeFeature>(new NoUpgrade());
            return next(context);
        });
    }

    private sealed class NoUpgrade : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => false;

        public Task<Stream> UpgradeAsync() => throw new NotSupportedException();
    }
}
