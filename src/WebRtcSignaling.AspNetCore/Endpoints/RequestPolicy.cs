using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using WebRtcSignaling.AspNetCore.Upgrades;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Which requests become connections. No I/O: a request in, a decision out.</summary>
internal sealed class RequestPolicy(
    SignalingServer server, ApplicationChoice applications, OriginPolicy origins, IReadOnlyList<string> subProtocols)
{
    /// <summary>Decides.</summary>
    /// <param name="context">The request.</param>
    /// <param name="admission">How it becomes a connection.</param>
    /// <param name="refusal">What to answer if it does not.</param>
    public bool TryAdmit(
        HttpContext context, [NotNullWhen(true)] out Admission? admission, [NotNullWhen(false)] out HandshakeRefusal? refusal)
    {
        admission = null;
        refusal = server.IsStopping ? HandshakeRefusals.Stopping : CheckRequestLine(context);
        if (refusal is not null
            || !WebSocketHandshake.TryAccept(HandshakeOf(context), subProtocols, out HandshakeAcceptance? acceptance, out refusal))
        {
            return false;
        }

        // The origin after the rest, so that somebody who looks at the address with a browser is told what it is.
        string? application = null;
        ITransportUpgrade? upgrade = null;
        refusal = CheckOrigin(context.Request)
            ?? applications.Choose(context.Request.Query, out application)
            ?? FindUpgrade(context, out upgrade);
        admission = refusal is null ? new(upgrade!, acceptance, application) : null;
        return refusal is null;
    }

    /// <summary>The handshake in a request, whatever its HTTP version.</summary>
    internal static HandshakeRequest HandshakeOf(HttpContext context)
    {
        IHeaderDictionary fields = context.Request.Headers;
        return new()
        {
            IsExtendedConnect = IsExtendedConnect(context),
            Connection = fields.Connection,
            Upgrade = fields.Upgrade,
            Version = fields.SecWebSocketVersion,
            Key = fields.SecWebSocketKey,
            SubProtocols = fields.SecWebSocketProtocol,
        };
    }

    /// <summary>Why a request can be no handshake, whatever its fields say; <see langword="null"/> if it can.</summary>
    internal static HandshakeRefusal? CheckRequestLine(HttpContext context)
    {
        // The case of a method matters (RFC 9110 section 9.1); ASP.NET Core's own comparison overlooks it.
        HttpRequest request = context.Request;
        return !IsExtendedConnect(context) && request.Method != HttpMethods.Get ? HandshakeRefusals.MethodNotAllowed
            : HttpProtocol.IsHttp10(request.Protocol) ? HandshakeRefusals.VersionNotSupported
            : !request.Host.HasValue ? HandshakeRefusals.BadRequest("There must be a host name.")
            : null;
    }

    /// <summary>RFC 8441 section 4. The name of the protocol is compared without regard to case, as in an HTTP/1.1 upgrade.</summary>
    private static bool IsExtendedConnect(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect
        && string.Equals(connect.Protocol, "websocket", StringComparison.OrdinalIgnoreCase);

    private static HandshakeRefusal? FindUpgrade(HttpContext context, out ITransportUpgrade? upgrade)
    {
        upgrade = TransportUpgrades.Find(context);
        return upgrade is null ? HandshakeRefusals.BadRequest("The request must have no body, and the web server must be able to upgrade it.") : null;
    }

    private HandshakeRefusal? CheckOrigin(HttpRequest request)
    {
        StringValues values = request.Headers.Origin;
        return values.Count > 1 ? HandshakeRefusals.BadRequest("There must be at most one header field Origin.")
            : origins.Allows(values.Count == 0 ? null : values[0], request.Scheme, request.Host.Value ?? "") ? null
            : HandshakeRefusals.OriginNotAllowed;
    }
}
