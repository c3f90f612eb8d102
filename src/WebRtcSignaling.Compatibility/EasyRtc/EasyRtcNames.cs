using System.Buffers;
using System.Security.Cryptography;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>The forms of names in EasyRTC: what its regular expressions accept.</summary>
internal static class EasyRtcNames
{
    /// <summary>As long as EasyRTC's own; 95 bits of chance in letters and digits, which also order alike everywhere (clients compare ids in a glare).</summary>
    private const int IdLength = 16;

    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> _ofNames = SearchValues.Create(LettersAndDigits + "_.-");
    private static readonly SearchValues<char> _ofVersions = SearchValues.Create(LettersAndDigits + "_.+-");
    private static readonly SearchValues<char> _ofSessionIds = SearchValues.Create(LettersAndDigits + "_.%-");
    private static readonly SearchValues<char> _ofFields = SearchValues.Create(LettersAndDigits + "_. -");
    private static readonly SearchValues<char> _lineEnds = SearchValues.Create("\n\r\u2028\u2029");

    /// <summary>A new <c>easyrtcid</c>.</summary>
    public static string CreateId() => RandomNumberGenerator.GetString(LettersAndDigits, IdLength);

    /// <summary>Applications, rooms, groups and easyrtcids.</summary>
    public static bool IsName(string? text) => IsOf(_ofNames, text, 32);

    public static bool IsApiVersion(string? text) => IsOf(_ofVersions, text, 32);

    /// <summary>An <c>easyrtcsid</c>, which may be the id of a session of Express.</summary>
    public static bool IsSessionId(string? text) => IsOf(_ofSessionIds, text, 100);

    public static bool IsFieldName(string? text) => IsOf(_ofFields, text, 32);

    public static bool IsUsername(string? text) => text is { Length: >= 1 and <= 64 } && !text.AsSpan().ContainsAny(_lineEnds);

    public static bool IsStatus(string? text) => text is { Length: <= 255 } && !text.AsSpan().ContainsAny(_lineEnds);

    private static bool IsOf(SearchValues<char> characters, string? text, int maxLength) =>
        text is { Length: > 0 } && text.Length <= maxLength && !text.AsSpan().ContainsAnyExcept(characters);
}
