using System.Text;
using System.Text.Unicode;

namespace WebRtcSignaling.Compatibility.EngineIO.Payloads;

/// <summary>
/// Undoes what engine.io-parser 1, the one of Socket.IO 1.x, does to text in a POST: it encodes each packet as UTF-8, takes the bytes for characters, and sends those
/// as UTF-8 again. Version 2 does not, and nothing in the request tells which one it was; but text that looks encoded twice hardly ever is anything else.
/// </summary>
internal static class DoubleEncodedText
{
    /// <summary>The text as it was meant.</summary>
    /// <param name="utf8">Well-formed UTF-8.</param>
    /// <returns>The same memory unless the text had to be repaired.</returns>
    public static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> utf8)
    {
        ReadOnlySpan<byte> text = utf8.Span;
        if (Ascii.IsValid(text))
        {
            return utf8;
        }

        byte[] decoded = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte unit = text[i];
            if (unit >= 0x80)
            {
                // U+0080 to U+00FF: the only characters that a byte can have been taken for.
                if (unit is not (0xC2 or 0xC3))
                {
                    return utf8;
                }

                i++;
                unit = (byte)((unit << 6) | (text[i] & 0x3F));
            }

            decoded[length++] = unit;
        }

        return Utf8.IsValid(decoded.AsSpan(0, length)) ? decoded.AsMemory(0, length) : utf8;
    }
}
