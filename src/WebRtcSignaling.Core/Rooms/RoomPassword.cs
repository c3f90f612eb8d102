using System.Security.Cryptography;
using System.Text;

namespace WebRtcSignaling.Rooms;

/// <summary>
/// A room's password as a salted hash (PBKDF2 with SHA-256, RFC 8018). Instances are compared by reference: a new password is a new one.
/// </summary>
/// <remarks>The number of rounds is weighed in docs/decisions/0004-room-passwords.md.</remarks>
internal sealed class RoomPassword
{
    public const int MaxLength = 128;

    private const int Rounds = 10_000;
    private const int SaltSize = 16;
    private const int HashSize = 32;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private RoomPassword(byte[] salt, byte[] hash)
    {
        _salt = salt;
        _hash = hash;
    }

    /// <summary>The hash of a password. Takes milliseconds: never called under a lock, nor on a thread that reads for clients.</summary>
    public static RoomPassword Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        return new RoomPassword(salt, Derive(password, salt));
    }

    /// <summary>The hash of a password; <see langword="null"/> where there is none.</summary>
    public static RoomPassword? HashAny(string? password) => string.IsNullOrEmpty(password) ? null : Hash(password);

    /// <summary>Whether it is this password, in a time that does not tell how much of it was right. As long as that of <see cref="Hash"/>.</summary>
    public bool Verify(string? guess) => CryptographicOperations.FixedTimeEquals(Derive(guess ?? "", _salt), _hash);

    // The overload that takes the text throws where it is not Unicode; here half a surrogate pair counts as U+FFFD.
    private static byte[] Derive(string password, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Rounds, HashAlgorithmName.SHA256, HashSize);
}
