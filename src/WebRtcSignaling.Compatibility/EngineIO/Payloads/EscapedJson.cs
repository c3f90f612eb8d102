using System.Buffers;
using System.Globalization;
using System.Text;

namespace WebRtcSignaling.Compatibility.EngineIO.Payloads;

/// <summary>Writes JSON without any character beyond ASCII. Outside of strings JSON has none, and in strings each can be written <c>\uXXXX</c>.</summary>
internal static class EscapedJson
{
    private const int EscapeLength = 6;

    /// <param name="output">Where to.</param>
    /// <param name="utf8">JSON, or a packet that ends in JSON; well-formed UTF-8.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        Span<char> units = stackalloc char[2];
        while (!utf8.IsEmpty)
        {
            int ascii = utf8.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii != 0)
            {
                output.Write(ascii < 0 ? utf8 : utf8[..ascii]);
                utf8 = ascii < 0 ? [] : utf8[ascii..];
                continue;
            }

            Rune.DecodeFromUtf8(utf8, out Rune rune, out int used);
            int count = rune.EncodeToUtf16(units);
            for (int i = 0; i < count; i++)
            {
                Span<byte> escape = output.GetSpan(EscapeLength);
                "\\u"u8.CopyTo(escape);
                ((int)units[i]).TryFormat(escape[2..], out _, "x4", CultureInfo.InvariantCulture);
                output.Advance(EscapeLength);
            }

            utf8 = utf8[used..];
        }
    }
}
