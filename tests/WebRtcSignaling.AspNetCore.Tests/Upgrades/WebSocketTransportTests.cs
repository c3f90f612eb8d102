using System.IO.Pipelines;
using System.Net.WebSockets;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Upgrades;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Tests.Upgrades;

[TestFixture]
public sealed class WebSocketTransportTests
{
    private ScriptedWebSocket _socket = null!;
    private WebSocketTransport _transport = null!;

    [SetUp]
    public void Open()
    {
        _socket = new ScriptedWebSocket();
        _transport = new WebSocketTransport(_socket);
    }

    [TearDown]
    public async Task EndAsync()
    {
        await _transport.EndAsync(ConnectionEnd.Close).AsTask().WaitAsync(TestApp.Bound);
        Assert.That(_socket.IsDisposed, Is.True);
        _socket.Dispose();
        _transport.Dispose();
    }

    [Test]
    public async Task What_is_received_comes_as_a_clients_frames()
    {
        _socket.Receive([1, 2], WebSocketMessageType.Text, end: false);
        _socket.Receive([3], WebSocketMessageType.Text, end: false);
        _socket.Receive([], WebSocketMessageType.Text, end: true);
        _socket.Receive([4], WebSocketMessageType.Binary);
        Assert.That(
            await ReadAsync(8 + 7 + 6 + 7),
            Is.EqualTo(new byte[]
            {
                0x01, 0x82, 0, 0, 0, 0, 1, 2,
                0x00, 0x81, 0, 0, 0, 0, 3,
                0x80, 0x80, 0, 0, 0, 0,
                0x82, 0x81, 0, 0, 0, 0, 4,
            }));
    }

    [TestCase(4000, "ü", new byte[] { 0x88, 0x84, 0, 0, 0, 0, 0x0F, 0xA0, 0xC3, 0xBC })]
    [TestCase(1000, null, new byte[] { 0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8 })]
    [TestCase(1005, null, new byte[] { 0x88, 0x80, 0, 0, 0, 0 })]
    [TestCase(null, null, new byte[] { 0x88, 0x80, 0, 0, 0, 0 })]
    public async Task A_close_comes_as_a_close_frame_and_the_end(int? code, string? reason, byte[] expected)
    {
        _socket.ReceiveClose(code, reason);
        Assert.That(await ReadAsync(expected.Length), Is.EqualTo(expected));
        ReadResult end = await _transport.Input.ReadAsync().AsTask().WaitAsync(TestApp.Bound);
        Assert.That(end, Has.Property("IsCompleted").True.And.Property("Buffer").Property("Length").Zero);
        _transport.Input.AdvanceTo(end.Buffer.End);
    }

    [Test]
    public void A_break_comes_as_an_error()
    {
        _socket.Break();
        Assert.ThrowsAsync<WebSocketException>(() => _transport.Input.ReadAsync().AsTask().WaitAsync(TestApp.Bound));
    }

    [Test]
    public async Task A_servers_frames_are_sent()
    {
        await WriteAsync([0x81, 2, (byte)'h', (byte)'i', 0x81, 1, (byte)'!', 0x8A, 0, 0x88, 4, 0x03, 0xE9, (byte)'o', (byte)'k']);
        Assert.Multiple(async () =>
        {
            Assert.That(await SentAsync(), Is.EqualTo("Text hi"));
            Assert.That(await SentAsync(), Is.EqualTo("Text !"));
            Assert.That(await SentAsync(), Is.EqualTo("Close 1001 ok"));
        });
    }

    [Test]
    public async Task A_frame_that_comes_in_pieces_is_sent_whole()
    {
        foreach (byte piece in (byte[])[0x81, 3, (byte)'a', (byte)'b', (byte)'c'])
        {
            await WriteAsync([piece]);
        }

        Assert.That(await SentAsync(), Is.EqualTo("Text abc"));
    }

    [Test]
    public async Task A_close_without_a_code_is_sent_without_one()
    {
        await WriteAsync([0x88, 0]);
        Assert.That(await SentAsync(), Is.EqualTo("Close 1005 "));
    }

    [Test]
    public async Task The_connections_own_ping_is_answered_here()
    {
        await WriteAsync([0x89, 3, 7, 8, 9]);
        Assert.That(await ReadAsync(9), Is.EqualTo(new byte[] { 0x8A, 0x83, 0, 0, 0, 0, 7, 8, 9 }));
    }

    [Test]
    public async Task Once_nothing_can_be_sent_the_connection_sees_its_output_completed()
    {
        _socket.Abort();
        FlushResult flushed = await _transport.Output.WriteAsync(new byte[] { 0x81, 1, (byte)'a' }).AsTask().WaitAsync(TestApp.Bound);
        Assert.That(flushed.IsCompleted, Is.True);
    }

    [Test]
    public async Task Aborting_aborts_the_WebSocket()
    {
        var socket = new ScriptedWebSocket();
        var transport = new WebSocketTransport(socket);
        await transport.EndAsync(ConnectionEnd.Abort).AsTask().WaitAsync(TestApp.Bound);
        Assert.That(socket, Has.Property("IsAborted").True.And.Property("IsDisposed").True);
    }

    private async Task<string> SentAsync() => await _socket.Sent.ReadAsync().AsTask().WaitAsync(TestApp.Bound);

    private async Task WriteAsync(byte[] bytes) => await _transport.Output.WriteAsync(bytes).AsTask().WaitAsync(TestApp.Bound);

    private async Task<byte[]> ReadAsync(int count)
    {
        ReadResult result = await _transport.Input.ReadAtLeastAsync(count).AsTask().WaitAsync(TestApp.Bound);
        byte[] bytes = System.Buffers.BuffersExtensions.ToArray(result.Buffer.Slice(0, count));
        _transport.Input.AdvanceTo(result.Buffer.GetPosition(count));
        return bytes;
    }
}
