using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace WebRtcSignaling.Names;

/// <summary>What every name that a peer may choose has in common.</summary>
internal static class NameRules
{
    /// <summary>The longest id or name, in UTF-16 code units.</summary>
    public const int MaxLength = 64;

    /// <summary>128 random bits as 22 characters of <c>[A-Za-z0-9_-]</c>: unguessable, and safe in URLs, selectors and JSON.</summary>
    public static string CreateUnguessable()
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>
    /// Whether the text has 1 to <paramref name="maxLength"/> characters, none of them a control character or half a surrogate pair.
    /// </summary>
    public static bool IsValid(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maxLength)
        {
            return false;
        }

        // Nearly all names are ASCII, which is looked through many characters at a time.
        int first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        for (int i = first < 0 ? text.Length : first; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029')
            {
                return false;
            }

            if (char.IsSurrogate(text[i]) && (!Rune.TryGetRuneAt(text, i, out _) || !char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
