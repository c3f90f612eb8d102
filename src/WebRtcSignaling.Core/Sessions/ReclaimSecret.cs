using System.Security.Cryptography;
using System.Text;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// By which a client proves that a session is its own: kept only as a hash, under a key that nobody but this process has, and compared in constant time.
/// </summary>
internal sealed class ReclaimSecret
{
    private static readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    private readonly byte[] _hash;

    private ReclaimSecret(byte[] hash) => _hash = hash;

    /// <summary>A secret; <see langword="null"/> for none, an empty one included.</summary>
    public static ReclaimSecret? Of(string? text) =>
        string.IsNullOrEmpty(text) ? null : new ReclaimSecret(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    public bool Matches(ReclaimSecret? other) => other is not null && CryptographicOperations.FixedTimeEquals(_hash, other._hash);
}
