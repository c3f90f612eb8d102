using System.Text;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Tests.Messages;

namespace WebRtcSignaling.WebSockets.Tests.Fuzzing;

/// <summary>
/// Makes streams that keep every rule: messages cut into fragments anywhere, also inside code points, with control frames between
/// them; and beside each stream what must be read from it.
/// </summary>
internal sealed class FrameStreamGenerator(Random random, bool masked, int maxMessageBytes)
{
    private static readonly int[] EdgeLengths = [0, 0, 1, 2, 3, 124, 125, 126, 127, 128, 255, 256, 4095, 4096, 4097];

    private readonly List<byte> _stream = [];
    private readonly List<ReadEvent> _events = [];

    public (byte[] Stream, List<ReadEvent> Events) Generate()
    {
        for (var messages = random.Next(6); messages >= 0; messages--)
        {
            AddMessage();
            AddControlFrames();
        }

        if (random.Next(3) == 0)
        {
            AddClose();
        }

        return ([.. _stream], _events);
    }

    private void AddMessage()
    {
        var isText = random.Next(2) == 0;
        var payload = isText ? RandomText(RandomLength()) : RandomBytes(RandomLength());
        var fragments = random.Next(2) == 0 ? 1 : random.Next(1, 6);
        var start = 0;
        for (var i = 0; i < fragments; i++)
        {
            var isLast = i == fragments - 1;
            var end = isLast ? payload.Length : random.Next(start, payload.Length + 1);
            Add(new RawFrame
            {
                Opcode = i > 0 ? RawFrame.Continuation : isText ? RawFrame.Text : RawFrame.Binary,
                Fin = isLast,
                Payload = payload[start..end],
            });
            start = end;
            if (!isLast)
            {
                AddControlFrames();
            }
        }

        _events.Add(isText ? ReadEvent.Text(payload) : ReadEvent.Binary(payload));
    }

    private void AddControlFrames()
    {
        while (random.Next(3) == 0)
        {
            var payload = RandomBytes(random.Next(126));
            var isPing = random.Next(2) == 0;
            Add(new RawFrame { Opcode = isPing ? RawFrame.Ping : RawFrame.Pong, Payload = payload });
            _events.Add(isPing ? ReadEvent.Ping(payload) : ReadEvent.Pong(payload));
        }
    }

    private void AddClose()
    {
        if (random.Next(3) == 0)
        {
            Add(new RawFrame { Opcode = RawFrame.Close });
            _events.Add(ReadEvent.Close());
            return;
        }

        int[] codes = [1000, 1001, 1002, 1003, 1007, 1014, 3000, 3999, 4000, 4999];
        var code = codes[random.Next(codes.Length)];
        var reason = RandomText(random.Next(124));
        Add(new RawFrame { Opcode = RawFrame.Close, Payload = [(byte)(code >> 8), (byte)code, .. reason] });
        _events.Add(ReadEvent.Close((CloseCode)code, Encoding.UTF8.GetString(reason)));
    }

    private void Add(RawFrame frame)
    {
        uint? key = random.Next(10) == 0 ? 0 : (uint)random.NextInt64(1L << 32);
        _stream.AddRange((frame with { MaskingKey = masked ? key : null }).ToBytes());
    }

    private int RandomLength() => Math.Min(maxMessageBytes, random.Next(60) switch
    {
        0 => random.Next(65533, 65540),
        < 10 => random.Next(5000),
        < 35 => EdgeLengths[random.Next(EdgeLengths.Length)],
        _ => random.Next(64),
    });

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Code points of one to four bytes, mixed; exactly as many bytes as asked for.</summary>
    private byte[] RandomText(int length)
    {
        var text = new List<byte>(length);
        Span<byte> encoded = stackalloc byte[4];
        var isAscii = random.Next(2) == 0;
        while (text.Count < length)
        {
            var value = (isAscii ? 0 : random.Next(4)) switch
            {
                0 => random.Next(0x80),
                1 => random.Next(0x80, 0x800),
                2 => random.Next(0x800, 0x10000),
                _ => random.Next(0x10000, 0x110000),
            };
            var rune = Rune.IsValid(value) ? new Rune(value) : Rune.ReplacementChar;
            var size = rune.EncodeToUtf8(encoded);
            text.AddRange(text.Count + size <= length ? encoded[..size] : "x"u8);
        }

        return [.. text];
    }
}
