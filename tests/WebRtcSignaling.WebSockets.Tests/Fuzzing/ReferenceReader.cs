using System.Text;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Tests.Messages;

namespace WebRtcSignaling.WebSockets.Tests.Fuzzing;

/// <summary>
/// RFC 6455 in the plainest way: all bytes at hand, one whole frame after the other, the platform's decoder for text. Slow, and
/// made to be compared with.
/// </summary>
internal sealed class ReferenceReader(byte[] input, int maxMessageBytes, bool masked)
{
    private readonly List<ReadEvent> _events = [];
    private readonly List<byte> _message = [];
    private Decoder? _text;
    private bool _isOpen;
    private int _at;

    /// <summary>The events, and whether they end because the input does, inside a frame or between two.</summary>
    public static (List<ReadEvent> Events, bool NeedsMore) Read(byte[] input, int maxMessageBytes, bool masked)
    {
        var reader = new ReferenceReader(input, maxMessageBytes, masked);
        try
        {
            while (!reader.ReadFrame())
            {
            }

            return (reader._events, NeedsMore: false);
        }
        catch (EndOfStreamException)
        {
            return (reader._events, NeedsMore: true);
        }
    }

    /// <summary>True if nothing comes after this frame.</summary>
    private bool ReadFrame()
    {
        var (first, second) = (Next(), Next());
        var (fin, opcode, length) = ((first & 0x80) != 0, first & 0x0F, (ulong)(second & 0x7F));
        var isControl = opcode >= 8;
        if (CheckStart(first, second) is { } wrong)
        {
            return Fail(wrong);
        }

        if (length >= 126)
        {
            var (size, least) = length == 126 ? (2, 126UL) : (8, 65536UL);
            length = 0;
            for (var i = 0; i < size; i++)
            {
                length = (length << 8) + Next();
            }

            if (length >= 1UL << 63)
            {
                return Fail(ProtocolViolation.LengthTopBit);
            }

            if (length < least)
            {
                return Fail(ProtocolViolation.LengthNotMinimal);
            }
        }

        if (!isControl && length + (ulong)_message.Count > (ulong)maxMessageBytes)
        {
            return Fail(ProtocolViolation.MessageTooBig);
        }

        byte[] key = masked ? [Next(), Next(), Next(), Next()] : [0, 0, 0, 0];
        byte[] payload = [.. Enumerable.Range(0, (int)length).Select(i => (byte)(Next() ^ key[i % 4]))];
        return isControl ? EndControl(opcode, payload) : EndData(opcode, fin, payload);
    }

    private ProtocolViolation? CheckStart(byte first, byte second)
    {
        var (fin, opcode, length) = ((first & 0x80) != 0, first & 0x0F, second & 0x7F);
        return (first & 0x70) != 0 ? ProtocolViolation.ReservedBits
            : opcode is > 2 and < 8 or > 10 ? ProtocolViolation.ReservedOpcode
            : opcode == 0 && !_isOpen ? ProtocolViolation.NothingToContinue
            : opcode is 1 or 2 && _isOpen ? ProtocolViolation.MessageInterrupted
            : opcode >= 8 && !fin ? ProtocolViolation.ControlFragmented
            : second >= 0x80 && !masked ? ProtocolViolation.Masked
            : second < 0x80 && masked ? ProtocolViolation.NotMasked
            : opcode >= 8 && length > 125 ? ProtocolViolation.ControlTooLong
            : opcode == 8 && length == 1 ? ProtocolViolation.CloseBodyTooShort
            : null;
    }

    private bool EndControl(int opcode, byte[] payload)
    {
        if (opcode != 8)
        {
            _events.Add(opcode == 9 ? ReadEvent.Ping(payload) : ReadEvent.Pong(payload));
            return false;
        }

        if (payload.Length == 0)
        {
            _events.Add(ReadEvent.Close());
            return true;
        }

        var code = (payload[0] << 8) + payload[1];
        if (code is < 1000 or 1004 or 1005 or 1006 or (> 1014 and < 3000) or > 4999)
        {
            return Fail(ProtocolViolation.CloseCodeForbidden);
        }

        if (!IsUtf8(StrictDecoder(), payload[2..], isEnd: true))
        {
            return Fail(ProtocolViolation.CloseReasonNotUtf8);
        }

        _events.Add(ReadEvent.Close((CloseCode)code, Encoding.UTF8.GetString(payload, 2, payload.Length - 2)));
        return true;
    }

    private bool EndData(int opcode, bool fin, byte[] payload)
    {
        if (opcode != 0)
        {
            _text = opcode == 1 ? StrictDecoder() : null;
            _isOpen = true;
        }

        _message.AddRange(payload);
        if (_text is not null && !IsUtf8(_text, payload, fin))
        {
            return Fail(ProtocolViolation.TextNotUtf8);
        }

        if (fin)
        {
            _events.Add(_text is null ? ReadEvent.Binary([.. _message]) : ReadEvent.Text([.. _message]));
            _message.Clear();
            _isOpen = false;
        }

        return false;
    }

    private bool Fail(ProtocolViolation violation)
    {
        _events.Add(ReadEvent.Of(violation));
        return true;
    }

    private byte Next() => _at < input.Length ? input[_at++] : throw new EndOfStreamException();

    private static Decoder StrictDecoder() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();

    private static bool IsUtf8(Decoder decoder, byte[] part, bool isEnd)
    {
        try
        {
            decoder.GetChars(part, new char[part.Length + 8], flush: isEnd);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
