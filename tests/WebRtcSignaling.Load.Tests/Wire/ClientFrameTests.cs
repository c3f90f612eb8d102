using System.Net.WebSockets;
using System.Text;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Tests.Wire;

public sealed class ClientFrameTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(125)]
    [TestCase(126)]
    [TestCase(65_535)]
    [TestCase(65_536)]
    public async Task A_server_of_somebody_else_reads_what_was_meant(int length)
    {
        byte[] payload = PayloadOf(length);
        (WebSocketMessageType type, byte[] received) = await ReceivedFrame.ReadAsync(ClientFrame.Encode(ClientFrame.Text, payload));
        Assert.Multiple(() =>
        {
            Assert.That(type, Is.EqualTo(WebSocketMessageType.Text));
            Assert.That(received, Is.EqualTo(payload));
        });
    }

    [Test]
    public async Task A_part_of_what_was_encoded_can_be_replaced([Values(10, 125, 126, 65_535, 65_536)] int length, [Range(0, 5)] int offset)
    {
        byte[] frame = ClientFrame.Encode(ClientFrame.Text, PayloadOf(length));
        ClientFrame.Overwrite(frame, offset, "1234"u8);
        byte[] expected = PayloadOf(length);
        "1234"u8.CopyTo(expected.AsSpan(offset));
        Assert.That((await ReceivedFrame.ReadAsync(frame)).Payload, Is.EqualTo(expected));
    }

    [Test]
    public void The_answer_to_the_handshake_is_read_to_its_end()
    {
        // The accept key of the one key that the program sends, from RFC 6455 section 4.2.2's recipe.
        string request = Encoding.ASCII.GetString(Upgrade.Request("/signaling", 5080));
        string key = request.Split("Sec-WebSocket-Key: ")[1].Split('\r')[0];
#pragma warning disable CA5350 // RFC 6455 section 4.2.2.
        string accept = Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
        byte[] input = [.. head, 0x81, 0x00];
        Assert.Multiple(() =>
        {
            Assert.That(Convert.FromBase64String(key), Has.Length.EqualTo(16));
            Assert.That(Upgrade.TryReadResponse(input.AsSpan(0, head.Length - 1), out _), Is.False);
            Assert.That(Upgrade.TryReadResponse(input, out int length), Is.True);
            Assert.That(length, Is.EqualTo(head.Length));
        });
    }

    [TestCase("HTTP/1.1 403 Forbidden\r\n\r\n", "403")]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\n\r\n", "key")]
    public void A_refused_handshake_ends_the_measurement(string response, string named) =>
        Assert.That(
            () => Upgrade.TryReadResponse(Encoding.ASCII.GetBytes(response), out _),
            Throws.InstanceOf<LoadException>().With.Message.Contains(named));

    private static byte[] PayloadOf(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)('a' + (i % 26)))];
}
