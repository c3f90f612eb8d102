using System.Net;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Tests.Servers;

public sealed class ListeningLineTests
{
    [TestCase("12:00:00 info: Microsoft.Hosting.Lifetime[14] Now listening on: http://127.0.0.1:41234")]
    [TestCase("server: listening on ws://127.0.0.1:41234/signaling")]
    [TestCase("listening on http://localhost:41234")]
    public void The_address_is_found_in_what_a_server_says(string line)
    {
        Assert.That(ListeningLine.TryFind(line, out IPEndPoint? address), Is.True);
        Assert.That(address, Is.EqualTo(new IPEndPoint(IPAddress.Loopback, 41_234)));
    }

    [TestCase("")]
    [TestCase("Content root path: /srv")]
    [TestCase("see https://example.org:80/x")]
    [TestCase("listening on http://192.0.2.1:80")]
    public void Other_lines_have_none(string line) => Assert.That(ListeningLine.TryFind(line, out _), Is.False);
}
