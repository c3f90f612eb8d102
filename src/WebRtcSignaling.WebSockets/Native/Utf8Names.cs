using System.Text;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>
/// Strings for short UTF-8 names that come again and again: message types, members, rooms, client ids. One fixed table a thread, so that a
/// relayed signal
/// allocates nothing for them and a peer can make nothing grow.
/// </summary>
internal static class Utf8Names
{
    private const int Slots = 1_024;
    private const int MaxBytes = 64;

    [ThreadStatic]
    private static string?[]? t_names;

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref string? slot = ref (t_names ??= new string?[Slots])[(uint)hash.ToHashCode() % Slots];
        if (slot is null || !IsSame(slot, utf8))
        {
            slot = Encoding.UTF8.GetString(utf8);
        }

        return slot;
    }

    private static bool IsSame(string name, ReadOnlySpan<byte> utf8) =>
        Ascii.IsValid(utf8) ? Ascii.Equals(utf8, name) : Encoding.UTF8.GetString(utf8) == name;
}
