using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

public sealed class SocketTransportTests
{
    [Test]
    public async Task No_buffer_is_held_while_nothing_comes_and_none_is_left_in_the_end([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        var pool = new CountingPool();
        (SocketTransport transport, RawClient client) = await ConnectAsync(wire, pool);
        using (transport)
        using (client)
        {
            for (int i = 0; i < 3; i++)
            {
                Task<string> read = ReadAsync(transport);
                Assert.That((read.IsCompleted, pool.Rented), Is.EqualTo((false, 0)), "a read that waits holds nothing");
                await client.SendAsync("hello");
                Assert.That(await read.Soon(), Is.EqualTo("hello"));
                Assert.That(pool.Rented, Is.Zero, "what was read is given back");

                transport.Output.Write("answer"u8);
                await transport.Output.FlushAsync();
                Assert.That(pool.Rented, Is.Zero, "what was sent is given back");
            }

            // Something unread, and something unsent.
            await client.SendAsync("more");
            var result = await transport.Input.ReadAsync();
            transport.Input.AdvanceTo(result.Buffer.Start);
            transport.Output.Write("more"u8);
            Assert.That(pool.Rented, Is.EqualTo(2));
        }

        Assert.That((pool.Rented, pool.Rentals), Is.EqualTo((0, 8)));
    }

    [Test]
    public async Task Ending_the_input_ends_a_read_that_waits_and_all_later_ones([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        (SocketTransport transport, RawClient client) = await ConnectAsync(wire);
        using (transport)
        using (client)
        {
            var read = transport.Input.ReadAsync().AsTask();
            transport.EndInput();
            Assert.That((await read.Soon()).IsCompleted);
            transport.Input.AdvanceTo((await read).Buffer.End);

            await client.SendAsync("late");
            Assert.That((await transport.Input.ReadAsync().AsTask().Soon()).IsCompleted);

            Task close = transport.CloseAsync("bye"u8.ToArray(), CancellationToken.None);
            client.EndSending();
            Assert.That(await client.ReadEndAsync(), Is.EqualTo(3), "the output is as good as before");
            await close.Soon();
        }
    }

    [Test]
    public async Task Completing_the_output_ends_one_direction_only()
    {
        (SocketTransport transport, RawClient client) = await ConnectAsync(Wire.Tcp);
        using (transport)
        using (client)
        {
            transport.Output.Write("bye"u8);
            await transport.Output.CompleteAsync();
            Assert.That(await client.ReadEndAsync(), Is.EqualTo(3));

            await client.SendAsync("hello");
            Assert.That(await ReadAsync(transport), Is.EqualTo("hello"));
        }
    }

    [Test]
    public async Task A_flush_that_somebody_cancelled_in_advance_does_not_lose_the_last_words([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        (SocketTransport transport, RawClient client) = await ConnectAsync(wire);
        using (transport)
        using (client)
        {
            transport.Output.CancelPendingFlush();
            client.EndSending();

            await transport.CloseAsync("bye"u8.ToArray(), CancellationToken.None).Soon();

            Assert.That(await client.ReadEndAsync(), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task A_flush_is_finished_once_the_input_was_ended([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        (SocketTransport transport, RawClient client) = await ConnectAsync(wire);
        using (transport)
        using (client)
        {
            var burst = new byte[8 * 1024 * 1024];
            transport.Output.Write(burst);
            var flush = transport.Output.FlushAsync().AsTask();
            Assert.That(flush.IsCompleted, Is.False);
            transport.EndInput();
            transport.Output.CancelPendingFlush();
            client.EndSending();

            Task<long> read = client.ReadEndAsync();
            Assert.That((await flush.Soon()).IsCanceled, Is.False);
            Assert.That(transport.IsCutOff, Is.False);
            await transport.CloseAsync("bye"u8.ToArray(), CancellationToken.None).Soon();

            Assert.That(await read, Is.EqualTo(burst.Length + 3));
        }
    }

    [Test]
    public async Task A_flush_that_was_given_up_shows_that_nothing_can_follow([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        (SocketTransport transport, RawClient client) = await ConnectAsync(wire);
        using (transport)
        using (client)
        {
            transport.Output.Write(new byte[32 * 1024 * 1024]);
            var flush = transport.Output.FlushAsync().AsTask();
            transport.Output.CancelPendingFlush();
            Assert.That((await flush.Soon()).IsCanceled);

            Assert.That(transport.IsCutOff);
        }
    }

    [Test]
    public async Task Giving_up_the_close_resets_the_connection([Values(Wire.Tcp, Wire.Tls)] Wire wire)
    {
        (SocketTransport transport, RawClient client) = await ConnectAsync(wire);
        using (transport)
        using (client)
        {
            using var giveUp = new CancellationTokenSource();
            Task close = transport.CloseAsync(ReadOnlyMemory<byte>.Empty, giveUp.Token);
            Assert.That(close.IsCompleted, Is.False);

            await giveUp.CancelAsync();

            Assert.That(async () => await close.Soon(), Throws.InstanceOf<SocketException>().Or.InstanceOf<ObjectDisposedException>());
        }
    }

    private static async Task<(SocketTransport Transport, RawClient Client)> ConnectAsync(Wire wire, ArrayPool<byte>? pool = null)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Task<RawClient> client = RawClient.ConnectAsync(listener.LocalEndPoint!, wire == Wire.Tls);
        ListenEndpoint endpoint = wire == Wire.Tls
            ? new(listener.LocalEndPoint!, TestCertificate.Localhost)
            : new(listener.LocalEndPoint!);
        Socket socket = await listener.AcceptAsync().Soon();
        Assert.That(socket.NoDelay, Is.False);
        var transport = new SocketTransport(socket, endpoint.Tls, pool);
        await transport.OpenAsync(CancellationToken.None).Soon();
        Assert.That(socket.NoDelay, Is.True);
        return (transport, await client);
    }

    private static async Task<string> ReadAsync(SocketTransport transport)
    {
        var result = await transport.Input.ReadAsync();
        string text = Encoding.ASCII.GetString(result.Buffer);
        transport.Input.AdvanceTo(result.Buffer.End);
        return text;
    }
}
