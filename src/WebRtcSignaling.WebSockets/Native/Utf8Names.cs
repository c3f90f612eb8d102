using System.Text;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>
/// Strings for short UTF-8 names that come again and again: message types, rooms, client ids. One fixed table a thread, so that a relayed signal
/// allocates nothing for them and a peer can make nothing grow.
/// </summary>
internal static class Utf8Names
{
    private const int Sets = 256;

    /// <summary>How many names with the same hash have a place, so that two that are in use do not drive each other out all the time.</summary>
    private const int Ways = 4;

    private const int MaxBytes = 64;

    [ThreadStatic]
    private static string?[]? t_names;

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        // Seeded anew in each process: nobody can choose names that collide.
        var hash = new HashCode();
        hash.AddBytes(utf8);
        Span<string?> set = (t_names ??= new string?[Sets * Ways]).AsSpan((int)((uint)hash.ToHashCode() % Sets) * Ways, Ways);
        bool isAscii = Ascii.IsValid(utf8);
        foreach (string? known in set)
        {
            if (known is not null && (isAscii ? Ascii.Equals(utf8, known) : IsSame(known, utf8)))
            {
                return known;
            }
        }

        // The name that has been there longest makes room.
        string name = Encoding.UTF8.GetString(utf8);
        set[..^1].CopyTo(set[1..]);
        set[0] = name;
        return name;
    }

    private static bool IsSame(string name, ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[MaxBytes];
        return text[..Encoding.UTF8.GetChars(utf8, text)].SequenceEqual(name);
    }
}
