namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// A ticket among the sub-protocols that a client offers: <c>Sec-WebSocket-Protocol: webrtc-signaling.v1, ticket.kJ0…</c>. It is the one
/// thing that a page can add to a WebSocket's handshake, and unlike a query it stands in no log. It is read, and never chosen: no dialect
/// has such a name.
/// </summary>
internal static class HandshakeTicket
{
    /// <summary>What a ticket's sub-protocol begins with.</summary>
    public const string Prefix = "ticket.";

    /// <summary>The ticket; empty, which none is, if there are several; <see langword="null"/> if there is none.</summary>
    /// <param name="subProtocols">The lines of <c>Sec-WebSocket-Protocol</c>.</param>
    public static string? Find(IReadOnlyList<string?> subProtocols)
    {
        // Most handshakes have none, and are not taken apart for it.
        if (!subProtocols.Any(static line => line?.Contains(Prefix, StringComparison.Ordinal) == true))
        {
            return null;
        }

        string? found = null;
        foreach (string offered in HttpToken.Elements(subProtocols))
        {
            if (offered.StartsWith(Prefix, StringComparison.Ordinal))
            {
                found = found is null ? offered[Prefix.Length..] : "";
            }
        }

        return found;
    }
}
