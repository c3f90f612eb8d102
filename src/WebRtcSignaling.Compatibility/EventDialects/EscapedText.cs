using System.Buffers.Text;
using System.Text.Unicode;

namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>JSON texts as they are written, with their escapes.</summary>
internal static class EscapedText
{
    private const int UnitLength = 6;

    /// <summary>
    /// Whether it is UTF-8, and no escape makes half a surrogate pair. To be asked where a message can hold thousands of texts: reading one that is not well-formed throws.
    /// </summary>
    /// <param name="text">What stands between the quotation marks.</param>
    public static bool IsWellFormed(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            return false;
        }

        while (text.IndexOf((byte)'\\') is >= 0 and var at)
        {
            text = text[at..];
            if (!IsSurrogate(text, out bool isLow))
            {
                text = text[2..];
            }
            else if (!isLow && IsSurrogate(text[UnitLength..], out bool endsPair) && endsPair)
            {
                text = text[(2 * UnitLength)..];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSurrogate(ReadOnlySpan<byte> text, out bool isLow)
    {
        ushort unit = 0;
        bool isUnit = text.StartsWith("\\u"u8) && Utf8Parser.TryParse(text[2..UnitLength], out unit, out _, 'x');
        isLow = isUnit && char.IsLowSurrogate((char)unit);
        return isUnit && char.IsSurrogate((char)unit);
    }
}
