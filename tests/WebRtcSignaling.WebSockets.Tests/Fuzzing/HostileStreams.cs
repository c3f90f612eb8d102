using WebRtcSignaling.Testing;

namespace WebRtcSignaling.WebSockets.Tests.Fuzzing;

/// <summary>Makes streams that break rules: good ones with damage, frames with fields of any value, and plain noise.</summary>
internal sealed class HostileStreams(Random random, bool masked)
{
    // First bytes and lengths at which something changes.
    private static readonly byte[] Interesting =
        [0x00, 0x01, 0x02, 0x08, 0x09, 0x0A, 0x7D, 0x7E, 0x7F, 0x80, 0x81, 0x82, 0x88, 0x89, 0x8A, 0xBF, 0xC0, 0xED, 0xF4, 0xFD, 0xFE, 0xFF];

    public byte[] Generate(int maxMessageBytes) => random.Next(8) switch
    {
        0 => Noise(random.Next(200)),
        1 or 2 => AnyFrames(),
        _ => Damage(new FrameStreamGenerator(random, masked, maxMessageBytes + random.Next(2)).Generate().Stream),
    };

    private byte[] Damage(byte[] stream)
    {
        var bytes = stream.ToList();
        for (var count = random.Next(1, 5); count > 0 && bytes.Count > 0; count--)
        {
            // Near the beginning as often as anywhere, since a long payload would otherwise draw nearly all of it.
            var at = random.Next(2) == 0 ? random.Next(bytes.Count) : random.Next(Math.Min(16, bytes.Count));
            var length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = Interesting[random.Next(Interesting.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, Noise(length));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 5:
                    bytes.InsertRange(at, AnyFrame().ToBytes());
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private byte[] AnyFrames() => [.. Enumerable.Range(0, random.Next(1, 12)).SelectMany(_ => AnyFrame().ToBytes())];

    /// <summary>Each field is mostly right, so that several frames pass before one is refused.</summary>
    private RawFrame AnyFrame()
    {
        var payload = Noise(random.Next(4) == 0 ? random.Next(300) : random.Next(6));
        if (random.Next(2) == 0)
        {
            payload = [.. payload.Select(value => (byte)(value & 0x7F))];
        }

        return new RawFrame
        {
            Opcode = Rarely(15) ? random.Next(16) : new[] { 0, 0, 0, 1, 2, 8, 9, 10 }[random.Next(8)],
            Fin = random.Next(2) == 0,
            ReservedBits = Rarely(30) ? random.Next(8) : 0,
            Payload = payload,
            MaskingKey = masked != Rarely(30) ? (uint)random.NextInt64(1L << 32) : null,
            LengthSize = Rarely(20) ? (random.Next(2) == 0 ? 2 : 8) : null,
            AnnouncedLength = Rarely(20) ? (ulong)random.NextInt64() >> random.Next(64) : null,
        };
    }

    private bool Rarely(int oneIn) => random.Next(oneIn) == 0;

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
