namespace WebRtcSignaling.Compatibility.EngineIO.Payloads;

/// <summary>Measures UTF-8 as JavaScript measures its strings.</summary>
internal static class Utf16Length
{
    /// <summary>Finds how many bytes make up the first so many UTF-16 code units.</summary>
    /// <param name="utf8">Well-formed UTF-8.</param>
    /// <param name="units">How many units.</param>
    /// <param name="bytes">How many bytes they are.</param>
    /// <returns>Whether there are so many, and the last is not half of a pair.</returns>
    public static bool TryFindBytes(ReadOnlySpan<byte> utf8, int units, out int bytes)
    {
        int ascii = Math.Min(units, utf8.Length);
        int firstOther = utf8[..ascii].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        bytes = firstOther < 0 ? ascii : firstOther;
        int left = units - bytes;
        while (left > 0 && bytes < utf8.Length)
        {
            byte lead = utf8[bytes];
            bytes += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            left -= lead < 0xF0 ? 1 : 2;
        }

        return left == 0;
    }
}
