using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace WebRtcSignaling.Compatibility.EngineIO.Http;

/// <summary>What a request's query says.</summary>
/// <param name="IsWebSocket">Whether it wants the WebSocket transport, not polls.</param>
/// <param name="SessionId">The session it names; <see langword="null"/> if it begins one.</param>
/// <param name="Version">The version it speaks, where it begins a session.</param>
/// <param name="TakesBase64">Whether its client cannot read bytes.</param>
internal sealed record EngineQuery(bool IsWebSocket, string? SessionId, EngineVersion Version, bool TakesBase64)
{
    /// <summary>Reads a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="result">What it says.</param>
    /// <returns>Why it is refused; <see langword="null"/> if it is not.</returns>
    /// <remarks>
    /// JSONP (<c>j</c>) is refused like a transport that does not exist: a script of any page could begin a session with the user's cookies and read what comes,
    /// since no browser tells the origin of a script's request.
    /// </remarks>
    public static EngineRefusal? TryRead(IQueryCollection query, out EngineQuery result)
    {
        result = new(false, null, EngineVersion.V4, false);
        if (IsTwice(query["transport"]) || IsTwice(query["sid"]) || IsTwice(query["EIO"]))
        {
            return EngineRefusal.BadRequest;
        }

        string? transport = query["transport"];
        if (transport is not ("polling" or "websocket") || query.ContainsKey("j"))
        {
            return EngineRefusal.TransportUnknown;
        }

        string? sessionId = query["sid"];
        EngineVersion? version = (string?)query["EIO"] switch
        {
            "3" => EngineVersion.V3,
            "4" => EngineVersion.V4,
            _ => null,
        };
        result = new(transport == "websocket", sessionId, version ?? EngineVersion.V4, query["b64"] == "1");

        // A session has its version once and for all.
        return sessionId is null && version is null ? EngineRefusal.VersionUnsupported : null;
    }

    private static bool IsTwice(StringValues values) => values.Count > 1;
}
