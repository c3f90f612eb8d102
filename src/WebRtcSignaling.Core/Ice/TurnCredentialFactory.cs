using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WebRtcSignaling.Ice;

/// <summary>
/// Makes time-limited TURN credentials (draft-uberti-behave-turn-rest-00 section 2.2; coturn's <c>use-auth-secret</c>): the user name is
/// <c>expiry:user</c>, with the expiry in Unix seconds, and the password is the base64 of the user name's HMAC-SHA1 under the shared
/// secret. The TURN server makes the same computation, so that it needs no list of users.
/// </summary>
internal sealed class TurnCredentialFactory(string sharedSecret, TimeSpan lifetime, TimeProvider timeProvider)
{
    private const int MaxPlainUserLength = 128;

    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@+");

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(sharedSecret);

    internal (string Username, string Credential) Create(string clientId)
    {
        long expiry = (timeProvider.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        string username = string.Create(CultureInfo.InvariantCulture, $"{expiry}:{ToUser(clientId)}");

#pragma warning disable CA5350 // SHA-1 is what the TURN server computes; as an HMAC it is not known to be broken.
        byte[] hash = HMACSHA1.HashData(_secret, Encoding.UTF8.GetBytes(username));
#pragma warning restore CA5350
        return (username, Convert.ToBase64String(hash));
    }

    /// <summary>
    /// The client id as it is if it is plain, and else a digest of it. STUN limits a user name to 508 bytes (RFC 8489 section 14.3), both
    /// ends would have to prepare other characters alike (section 9.2.2), and coturn refuses user names that are not printable ASCII or
    /// look like SQL.
    /// </summary>
    private static string ToUser(string clientId)
    {
        if (clientId.Length is > 0 and <= MaxPlainUserLength && !clientId.AsSpan().ContainsAnyExcept(PlainCharacters))
        {
            return clientId;
        }

        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(clientId));
        return Convert.ToHexStringLower(digest.AsSpan(0, 16));
    }
}
