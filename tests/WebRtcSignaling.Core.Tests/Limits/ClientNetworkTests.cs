using System.Net;
using WebRtcSignaling.Limits;

namespace WebRtcSignaling.Core.Tests.Limits;

public sealed class ClientNetworkTests
{
    [TestCase("203.0.113.7", "203.0.113.7", true)]
    [TestCase("203.0.113.7", "203.0.113.8", false)]
    [TestCase("203.0.113.7", "::ffff:203.0.113.7", true, Description = "mapped into IPv6 it is the same")]
    [TestCase("::ffff:203.0.113.7", "::ffff:203.0.113.8", false, Description = "mapped ones are no /64 of their own")]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase("0.0.0.5", "::5", false, Description = "the versions never meet")]
    [TestCase("fe80::1%3", "fe80::2%3", true)]
    public void Addresses_of_one_subscriber_are_one_network(string one, string other, bool areOne) =>
        Assert.That(ClientNetwork.Of(IPAddress.Parse(one)) == ClientNetwork.Of(IPAddress.Parse(other)), Is.EqualTo(areOne));

    [Test]
    public void Where_there_is_no_address_there_is_no_network() => Assert.That(ClientNetwork.Of(null), Is.Null);
}
