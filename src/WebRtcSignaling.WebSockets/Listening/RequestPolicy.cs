using System.Diagnostics.CodeAnalysis;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>Which requests become connections. No I/O: a head in, a decision out.</summary>
/// <param name="path">The path that leads here.</param>
/// <param name="origins">Which pages may connect.</param>
/// <param name="subProtocols">The sub-protocols that are spoken here, the preferred one first.</param>
internal sealed class RequestPolicy(string path, OriginPolicy origins, IReadOnlyList<string> subProtocols)
{
    private const string ApplicationQuery = "application";

    /// <summary>Decides.</summary>
    /// <param name="head">The request.</param>
    /// <param name="scheme">The scheme by which it came.</param>
    /// <param name="acceptance">What to answer if it becomes a connection.</param>
    /// <param name="application">The application that it asks for.</param>
    /// <param name="refusal">What to answer if not.</param>
    public bool TryAccept(
        RequestHead head,
        string scheme,
        [NotNullWhen(true)] out HandshakeAcceptance? acceptance,
        out string? application,
        [NotNullWhen(false)] out HandshakeRefusal? refusal)
    {
        acceptance = null;
        application = null;
        if (head.Path != path)
        {
            refusal = HandshakeRefusals.NotFound;
            return false;
        }

        // The origin after the rest, so that somebody who looks at the address with a browser is told what it is.
        return WebSocketHandshake.TryAccept(HandshakeRequest.Of(head), subProtocols, out acceptance, out refusal)
            && (refusal = CheckOrigin(head, scheme) ?? FindApplication(head, out application)) is null;
    }

    private HandshakeRefusal? CheckOrigin(RequestHead head, string scheme)
    {
        IReadOnlyList<string> values = head.Values("Origin");
        return values.Count > 1 ? HandshakeRefusals.BadRequest("There must be at most one header field Origin.")
            : origins.Allows(values.Count == 0 ? null : values[0], scheme, head.Host) ? null
            : HandshakeRefusals.OriginNotAllowed;
    }

    private static HandshakeRefusal? FindApplication(RequestHead head, out string? application)
    {
        IReadOnlyList<string> values = head.QueryValues(ApplicationQuery);
        application = values.Count == 0 ? null : values[0];
        return values.Count > 1 ? HandshakeRefusals.BadRequest("The query must name at most one application.") : null;
    }
}
