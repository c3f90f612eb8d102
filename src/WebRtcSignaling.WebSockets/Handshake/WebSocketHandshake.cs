using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// The server's side of the opening handshake (RFC 6455 section 4.2, RFC 8441 section 5), the same for every host. Extensions are declined
/// by not answering them. No I/O: fields in, a decision out.
/// </summary>
internal static class WebSocketHandshake
{
    private const string Version = "13";
    private const int KeyLength = 24;

    /// <summary>Decides. Nothing that a peer can send throws.</summary>
    /// <param name="request">The request.</param>
    /// <param name="subProtocols">The sub-protocols that are spoken here, the preferred one first.</param>
    /// <param name="acceptance">What to answer if it becomes a connection.</param>
    /// <param name="refusal">What to answer if not.</param>
    public static bool TryAccept(
        HandshakeRequest request,
        IReadOnlyList<string> subProtocols,
        [NotNullWhen(true)] out HandshakeAcceptance? acceptance,
        [NotNullWhen(false)] out HandshakeRefusal? refusal)
    {
        acceptance = null;
        refusal = CheckUpgrade(request) ?? CheckVersion(request) ?? CheckKey(request) ?? CheckSubProtocols(request);
        if (refusal is not null)
        {
            return false;
        }

        acceptance = new(
            request.IsExtendedConnect ? null : AcceptValue(request.Key[0]!.Trim()),
            Select(HttpToken.Elements(request.SubProtocols), subProtocols))
        {
            Ticket = HandshakeTicket.Find(request.SubProtocols),
            AnnouncesHello = HandshakeHello.IsIn(request.SubProtocols),
        };
        return true;
    }

    /// <summary>The proof that the server has read the key (section 4.2.2, item 5.4).</summary>
    public static string AcceptValue(string key)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The RFC prescribes SHA-1, and nothing here depends on its strength.
        SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"), hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    // Section 4.2.1, items 3 and 4.
    private static HandshakeRefusal? CheckUpgrade(HandshakeRequest request)
    {
        if (request.IsExtendedConnect)
        {
            return null;
        }

        if (!Contains(request.Upgrade, "websocket"))
        {
            return HandshakeRefusals.UpgradeRequired;
        }

        return Contains(request.Connection, "Upgrade")
            ? null
            : HandshakeRefusals.BadRequest("The header field Connection must contain Upgrade. A proxy on the way may have removed it.");
    }

    // Section 4.2.1, item 6, and section 4.4.
    private static HandshakeRefusal? CheckVersion(HandshakeRequest request) =>
        request.Version is [{ } version] && version.Trim() == Version ? null
        : request.IsExtendedConnect ? HandshakeRefusals.WebSocketVersionOverHttp2
        : HandshakeRefusals.WebSocketVersion;

    // Section 4.2.1, item 5. Over HTTP/2 there is none, and one that is there nevertheless is ignored (RFC 8441 section 5).
    private static HandshakeRefusal? CheckKey(HandshakeRequest request) =>
        request.IsExtendedConnect || (request.Key is [{ } key] && IsKey(key.Trim()))
            ? null
            : HandshakeRefusals.BadRequest("There must be one header field Sec-WebSocket-Key, and it must be the base64 of 16 bytes.");

    // Section 4.1, item 10: tokens that are all different. That they differ in case makes them different (section 11.5).
    private static HandshakeRefusal? CheckSubProtocols(HandshakeRequest request)
    {
        var offered = new HashSet<string>(StringComparer.Ordinal);
        foreach (string subProtocol in HttpToken.Elements(request.SubProtocols))
        {
            if (!HttpToken.IsValid(subProtocol) || !offered.Add(subProtocol))
            {
                return HandshakeRefusals.BadRequest("The header field Sec-WebSocket-Protocol must list different tokens.");
            }
        }

        return request.SubProtocols.Count > 0 && offered.Count == 0
            ? HandshakeRefusals.BadRequest("The header field Sec-WebSocket-Protocol lists nothing.")
            : null;
    }

    // A client that offers only what nobody here speaks goes on without one: section 4.2.2, item 5.5 wants no field then, not an empty one.
    private static string? Select(IEnumerable<string> offered, IReadOnlyList<string> spoken)
    {
        HashSet<string> names = new(offered, StringComparer.Ordinal);
        return spoken.FirstOrDefault(names.Contains);
    }

    private static bool Contains(IReadOnlyList<string?> values, string element) =>
        HttpToken.Elements(values).Contains(element, StringComparer.OrdinalIgnoreCase);

    // By length, since the decoder alone would let blanks pass.
    private static bool IsKey(string key) => key.Length == KeyLength && Base64.IsValid(key, out int bytes) && bytes == 16;
}
