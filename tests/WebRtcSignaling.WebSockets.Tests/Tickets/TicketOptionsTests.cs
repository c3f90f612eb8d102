using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Tickets;

public sealed class TicketOptionsTests
{
    [Test]
    public void The_defaults_are_right() => Assert.That(new TicketOptions().Validate("Tickets"), Is.Empty);

    [TestCase(0.999, 1, 1, "Tickets:Lifetime")]
    [TestCase(600.001, 1, 1, "Tickets:Lifetime")]
    [TestCase(1, 0, 1, "Tickets:MaxTickets")]
    [TestCase(600, 1, 0, "Tickets:MaxPerUser")]
    public void A_wrong_setting_is_named_and_no_issuer_is_made_with_it(double seconds, int tickets, int perUser, string named)
    {
        var options = new TicketOptions { Lifetime = TimeSpan.FromSeconds(seconds), MaxTickets = tickets, MaxPerUser = perUser };
        Assert.That(options.Validate("Tickets").Single(), Does.StartWith(named));
        var exception = Assert.Throws<ArgumentException>(() => new TicketIssuer(options).Dispose());
        Assert.That(exception.Message, Does.Contain(named));
    }

    [Test]
    public void What_is_changed_after_the_issuer_was_made_has_no_effect()
    {
        var options = new TicketOptions();
        using var issuer = new TicketIssuer(options);
        options.Lifetime = TimeSpan.FromSeconds(1);
        options.MaxPerUser = 1;
        issuer.Issue(Users.Named("ann"));
        Assert.That(issuer.Issue(Users.Named("ann")).Value.Lifetime, Is.EqualTo(TimeSpan.FromSeconds(30)));
    }
}
