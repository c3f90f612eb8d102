using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Tests.Wire;

public sealed class ServerFrameTests
{
    [TestCase(0, 2)]
    [TestCase(125, 2)]
    [TestCase(126, 4)]
    [TestCase(65_535, 4)]
    [TestCase(65_536, 10)]
    public void A_frame_is_read_once_all_of_it_is_there(int payloadLength, int headerLength)
    {
        byte[] bytes = Frame(0x81, payloadLength);
        Assert.Multiple(() =>
        {
            foreach (int length in (int[])[0, 1, headerLength - 1, bytes.Length - 1])
            {
                Assert.That(ServerFrame.TryRead(bytes.AsSpan(0, length), out _), Is.False, $"{length} bytes");
            }

            Assert.That(ServerFrame.TryRead(bytes, out ServerFrame frame), Is.True);
            Assert.That(frame, Is.EqualTo(new ServerFrame(ServerFrame.Text, IsFinal: true, headerLength, payloadLength)));
        });
    }

    [Test]
    public void What_follows_a_frame_is_left()
    {
        byte[] bytes = [.. Frame(0x01, 3), .. Frame(0x80, 200)];
        Assert.That(ServerFrame.TryRead(bytes, out ServerFrame frame), Is.True);
        Assert.That(frame, Is.EqualTo(new ServerFrame(ServerFrame.Text, IsFinal: false, 2, 3)));
        Assert.That(frame.Length, Is.EqualTo(5));
    }

    [TestCase(new byte[] { 0x81, 0x80 })]
    [TestCase(new byte[] { 0xC1, 0x00 })]
    [TestCase(new byte[] { 0x91, 0x00 })]
    [TestCase(new byte[] { 0x81, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [TestCase(new byte[] { 0x81, 0x7F, 0x00, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF })]
    public void What_no_server_may_send_ends_the_measurement(byte[] bytes) =>
        Assert.That(() => ServerFrame.TryRead(bytes, out _), Throws.InstanceOf<LoadException>());

    private static byte[] Frame(byte first, int payloadLength)
    {
        byte[] header = payloadLength switch
        {
            < 126 => [first, (byte)payloadLength],
            <= 65_535 => [first, 126, (byte)(payloadLength >> 8), (byte)payloadLength],
            _ => [first, 127, 0, 0, 0, 0, (byte)(payloadLength >> 24), (byte)(payloadLength >> 16), (byte)(payloadLength >> 8), (byte)payloadLength],
        };
        return [.. header, .. new byte[payloadLength]];
    }
}
