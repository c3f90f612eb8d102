using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The names of members on the wire: those of <see cref="NativeMember"/> in camel case.</summary>
internal static class NativeMembers
{
    private static readonly string[] _names =
        [.. Enum.GetNames<NativeMember>().Take((int)NativeMember.Count).Select(name => char.ToLowerInvariant(name[0]) + name[1..])];

    private static readonly int _maxLength = _names.Max(name => name.Length);

    // By length: a few each, so that finding one compares a few bytes and makes no string.
    private static readonly (byte[] Name, NativeMember Member)[][] _members =
    [
        .. Enumerable.Range(0, _maxLength + 1).Select(length => _names
            .Select((name, index) => (Name: Encoding.ASCII.GetBytes(name), Member: (NativeMember)index))
            .Where(entry => entry.Name.Length == length)
            .ToArray()),
    ];

    public static string NameOf(NativeMember member) => _names[(int)member];

    /// <summary>The member whose name the reader stands on; <see langword="null"/> if nobody knows it.</summary>
    public static NativeMember? Find(in Utf8JsonReader name) => name.ValueIsEscaped ? FindEscaped(name.ValueSpan) : Find(name.ValueSpan);

    private static NativeMember? Find(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= _maxLength)
        {
            foreach ((byte[] name, NativeMember member) in _members[utf8.Length])
            {
                if (utf8.SequenceEqual(name))
                {
                    return member;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Undoes the escapes that a member's name could be written with. By hand, since the reader's own way throws on half a surrogate pair,
    /// and a message can hold thousands of names.
    /// </summary>
    private static NativeMember? FindEscaped(ReadOnlySpan<byte> escaped)
    {
        Span<byte> name = stackalloc byte[_maxLength];
        int length = 0;
        while (!escaped.IsEmpty)
        {
            bool isEscape = escaped[0] == (byte)'\\';
            byte letter = escaped[0];
            bool isLetter = !isEscape || (escaped.StartsWith("\\u00"u8) && Utf8Parser.TryParse(escaped[4..6], out letter, out _, 'x'));
            if (!isLetter || length == name.Length)
            {
                return null;
            }

            name[length++] = letter;
            escaped = escaped[(isEscape ? 6 : 1)..];
        }

        return Find(name[..length]);
    }
}
