using System.Net;
using System.Security.Claims;
using WebRtcSignaling.AspNetCore.Tickets;

namespace WebRtcSignaling.AspNetCore.Tests.Tickets;

[TestFixture]
public sealed class TicketHolderTests
{
    private static readonly ClaimsPrincipal _nobody = new(new ClaimsIdentity());

    [Test]
    public void An_account_counts_wherever_it_comes_from()
    {
        var ann = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "7")], "test"));
        Assert.That(TicketHolder.Of(ann, IPAddress.Loopback), Is.EqualTo("account:7"));
        Assert.That(TicketHolder.Of(ann, null), Is.EqualTo("account:7"));
    }

    [TestCase("192.0.2.1", "192.0.2.1", true)]
    [TestCase("192.0.2.1", "192.0.2.2", false)]
    [TestCase("192.0.2.1", "::ffff:192.0.2.1", true)]
    [TestCase("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true, Description = "One network is one place.")]
    [TestCase("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void Whoever_has_no_account_counts_by_its_network(string one, string other, bool same) => Assert.That(
        TicketHolder.Of(_nobody, IPAddress.Parse(one)) == TicketHolder.Of(_nobody, IPAddress.Parse(other)), Is.EqualTo(same));

    [Test]
    public void Nobody_can_name_an_account_like_a_place()
    {
        var trickster = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "address:192.0.2.1")], "test"));
        Assert.That(TicketHolder.Of(trickster, null), Is.Not.EqualTo(TicketHolder.Of(_nobody, IPAddress.Parse("192.0.2.1"))));
    }
}
