namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The names of members on the wire: those of <see cref="NativeMember"/> in camel case.</summary>
internal static class NativeMembers
{
    private static readonly string[] _names =
        [.. Enum.GetNames<NativeMember>().Take((int)NativeMember.Count).Select(name => char.ToLowerInvariant(name[0]) + name[1..])];

    private static readonly Dictionary<string, NativeMember> _members =
        _names.Select((name, index) => (name, index)).ToDictionary(entry => entry.name, entry => (NativeMember)entry.index, StringComparer.Ordinal);

    public static string NameOf(NativeMember member) => _names[(int)member];

    public static NativeMember? Find(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= 32 && _members.TryGetValue(Utf8Names.Get(utf8), out NativeMember member) ? member : null;
}
