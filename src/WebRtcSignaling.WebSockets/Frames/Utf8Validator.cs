using System.Text.Unicode;

namespace WebRtcSignaling.WebSockets.Frames;

/// <summary>
/// Checks that bytes that arrive in parts are UTF-8 (RFC 3629, as RFC 6455 section 8.1 demands of text): no overlong form, no
/// surrogate, nothing above U+10FFFF. A fresh (<c>default</c>) value is at the beginning of a text.
/// </summary>
internal struct Utf8Validator
{
    // The code point that the parts so far broke off inside of: how many bytes it still lacks, and the range of the next one.
    private byte _lacking;
    private byte _nextLow;
    private byte _nextHigh;

    /// <summary>
    /// Takes the next part. False means that a byte in it can be no part of any UTF-8 text, whatever follows; the validator is
    /// then of no further use.
    /// </summary>
    public bool Append(ReadOnlySpan<byte> part)
    {
        while (_lacking > 0)
        {
            if (part.IsEmpty)
            {
                return true;
            }

            if (!Step(part[0]))
            {
                return false;
            }

            part = part[1..];
        }

        var whole = part.Length - BrokenOffBytes(part);
        if (!Utf8.IsValid(part[..whole]))
        {
            return false;
        }

        foreach (var value in part[whole..])
        {
            if (!Step(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True if the text may end here: the last code point is whole.</summary>
    public readonly bool Complete() => _lacking == 0;

    /// <summary>
    /// How many bytes at the end are a lead byte and too few bytes behind it. What comes before them is UTF-8 or never will be,
    /// so the vectorized check may judge it.
    /// </summary>
    private static int BrokenOffBytes(ReadOnlySpan<byte> part)
    {
        for (var count = 1; count <= Math.Min(3, part.Length); count++)
        {
            var value = part[^count];
            if (value >= 0xC0)
            {
                var length = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
                return length > count ? count : 0;
            }

            if (value < 0x80)
            {
                return 0;
            }
        }

        return 0;
    }

    /// <summary>One byte against the table of well-formed sequences (RFC 3629 section 4).</summary>
    private bool Step(byte value)
    {
        if (_lacking > 0)
        {
            var inRange = value >= _nextLow && value <= _nextHigh;
            (_lacking, _nextLow, _nextHigh) = ((byte)(_lacking - 1), 0x80, 0xBF);
            return inRange;
        }

        // Only the byte after the lead has a narrower range: it tells overlong forms, surrogates and what lies above U+10FFFF.
        (_lacking, _nextLow, _nextHigh) = value switch
        {
            >= 0xC2 and <= 0xDF => ((byte)1, (byte)0x80, (byte)0xBF),
            0xE0 => ((byte)2, (byte)0xA0, (byte)0xBF),
            0xED => ((byte)2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => ((byte)2, (byte)0x80, (byte)0xBF),
            0xF0 => ((byte)3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => ((byte)3, (byte)0x80, (byte)0xBF),
            0xF4 => ((byte)3, (byte)0x80, (byte)0x8F),
            _ => default,
        };
        return _lacking > 0 || value < 0x80;
    }
}
