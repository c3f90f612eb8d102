using System.Net;
using System.Net.Sockets;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Tests.Wire;

[Platform("Linux")]
public sealed class PollerTests
{
    [Test]
    public void What_can_be_read_or_written_is_told_with_its_tag()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        using Socket server = listener.Accept();
        client.Blocking = false;
        using var poller = new Poller();
        poller.Watch(client, 4_711);

        Assert.That(poller.Wait(0), Is.Zero, "Nothing was sent.");
        poller.WatchWriting(client, 4_711, isWatched: true);
        Assert.That((poller.Wait(5_000), poller[0]), Is.EqualTo((1, (4_711, false, true))));
        poller.WatchWriting(client, 4_711, isWatched: false);
        server.Send([1]);
        Assert.That((poller.Wait(5_000), poller[0]), Is.EqualTo((1, (4_711, true, false))));
        client.Receive(new byte[1]);
        server.Dispose();
        Assert.That((poller.Wait(5_000), poller[0].IsReadable), Is.EqualTo((1, true)), "The end is something to read.");
    }
}
