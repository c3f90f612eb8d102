using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Payloads;
using WebRtcSignaling.Testing.Splits;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Payloads;

/// <summary>Bodies of bytes that somebody likes to send. SPLIT_SEED in the environment replays a failure.</summary>
internal sealed class PayloadFuzzTests
{
    private const int Rounds = 20_000;

    private static readonly byte[] _likely = [.. "0123456789:b4\x1e[]{}\"é😀"u8, 0, 1, 4, 9, 10, 0xFF, 0xC3, 0xA9];

    [Test]
    public void No_body_makes_the_reader_fail_or_hand_out_what_is_not_in_it([Values] EngineVersion version, [Values] bool isBinary)
    {
        var random = new Random(SplitSeed.Value);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] body = new byte[random.Next(0, 40)];
            for (int i = 0; i < body.Length; i++)
            {
                body[i] = random.Next(20) == 0 ? (byte)random.Next(256) : _likely[random.Next(_likely.Length)];
            }

            bool isRead = PayloadReader.TryRead(version, isBinary, body, out IEnumerable<EnginePacket> packets);
            string about = $"SPLIT_SEED={SplitSeed.Value}, round {round}: {Convert.ToHexString(body)}";
            if (isRead)
            {
                Assert.That(packets, Is.Not.Empty, about);
                Assert.That(packets.Sum(static packet => packet.Data.Length + 1), Is.LessThanOrEqualTo(body.Length), about);
                Assert.That(packets.Select(static packet => packet.Type), Has.None.EqualTo(EnginePacketType.Malformed), about);
            }
        }
    }
}
