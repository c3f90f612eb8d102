using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Messages;

/// <summary>
/// Frames that RFC 6455 sections 5.1, 5.2 and 5.5 forbid, fed to the whole reader: alone, after a message and inside a fragmented
/// message. The header's own tests have every combination; these show that no state of the reader lets one through.
/// </summary>
public sealed class RefusedFrameTests
{
    private static readonly (byte[] Bytes, ReadEvent[] Events)[] Befores =
    [
        ([], []),
        (ClientFrames.Text("Hello"), [ReadEvent.Text("Hello")]),
        (ClientFrames.Binary([1, 2], fin: false), []),
        ([.. ClientFrames.Binary([1, 2], fin: false), .. ClientFrames.Ping(7)], [ReadEvent.Ping(7)]),
    ];

    [Test]
    public void Reserved_bits([Range(1, 7)] int bits, [Values(0, 1, 2, 8, 9, 10)] int opcode) =>
        AssertRefusedAt(1, new RawFrame { Opcode = opcode, ReservedBits = bits, Payload = [3, 0xE8] }, ProtocolViolation.ReservedBits);

    [Test]
    public void Reserved_opcodes([Values(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)] int opcode, [Values] bool fin) =>
        AssertRefusedAt(1, new RawFrame { Opcode = opcode, Fin = fin, Payload = [1, 2] }, ProtocolViolation.ReservedOpcode);

    [Test]
    public void Fragmented_control_frames([Values(8, 9, 10)] int opcode) =>
        AssertRefusedAt(1, new RawFrame { Opcode = opcode, Fin = false, Payload = [3, 0xE8] }, ProtocolViolation.ControlFragmented);

    [Test]
    public void Long_control_frames([Values(8, 9, 10)] int opcode, [Values(126, 127, 65536)] int length) =>
        AssertRefusedAt(
            2, new RawFrame { Opcode = opcode, AnnouncedLength = (ulong)length, Payload = new byte[10] }, ProtocolViolation.ControlTooLong);

    [Test]
    public void Control_frames_in_a_form_that_is_not_the_shortest([Values(8, 9, 10)] int opcode, [Values(2, 8)] int lengthSize) =>
        AssertRefusedAt(2, new RawFrame { Opcode = opcode, LengthSize = lengthSize, Payload = [3, 0xE8] }, ProtocolViolation.ControlTooLong);

    [Test]
    public void Frames_without_a_mask([Values(8, 9, 10)] int opcode, [Values(0, 2, 125)] int length) =>
        AssertRefusedAt(2, new RawFrame { Opcode = opcode, Payload = new byte[length], MaskingKey = null }, ProtocolViolation.NotMasked);

    [Test]
    public void Data_frames_without_a_mask([Values(1, 2)] int opcode, [Values(0, 1, 125, 126, 65536)] int length) =>
        MessageTrace.AssertRefusedAt(
            2, new RawFrame { Opcode = opcode, AnnouncedLength = (ulong)length, MaskingKey = null }.Header(), ProtocolViolation.NotMasked);

    [Test]
    public void A_continuation_without_a_mask()
    {
        byte[] input = [.. ClientFrames.Text([1], fin: false), .. new RawFrame { Opcode = 0, Payload = [1], MaskingKey = null }.ToBytes()];

        MessageTrace.AssertRefusedAt(input.Length - 1, input, ProtocolViolation.NotMasked);
    }

    [Test]
    public void Server_frames_with_a_mask([Values(1, 2, 8, 9, 10)] int opcode, [Values(0, 2, 125)] int length) =>
        MessageTrace.AssertRefusedAt(
            2, new RawFrame { Opcode = opcode, Payload = new byte[length] }.ToBytes(), ProtocolViolation.Masked, expectMasked: false);

    [Test]
    public void Lengths_that_are_not_in_the_shortest_form([Values(1, 2)] int opcode)
    {
        foreach (var length in new[] { 0UL, 1UL, 125UL })
        {
            var frame = new RawFrame { Opcode = opcode, AnnouncedLength = length, LengthSize = 2, Payload = new byte[length] };
            MessageTrace.AssertRefusedAt(4, frame.ToBytes(), ProtocolViolation.LengthNotMinimal);
        }

        foreach (var length in new[] { 0UL, 125UL, 126UL, 65535UL })
        {
            var frame = new RawFrame { Opcode = opcode, AnnouncedLength = length, LengthSize = 8, Payload = new byte[20] };
            MessageTrace.AssertRefusedAt(8, frame.ToBytes(), ProtocolViolation.LengthNotMinimal);
        }

        var topBit = new RawFrame { Opcode = opcode, AnnouncedLength = 1UL << 63, LengthSize = 8, Payload = new byte[20] };
        MessageTrace.AssertRefusedAt(3, topBit.ToBytes(), ProtocolViolation.LengthTopBit);
    }

    private static void AssertRefusedAt(int count, RawFrame frame, ProtocolViolation violation)
    {
        foreach (var (before, events) in Befores)
        {
            MessageTrace.AssertRefusedAt(before.Length + count, [.. before, .. frame.ToBytes()], violation, events);
        }
    }
}
