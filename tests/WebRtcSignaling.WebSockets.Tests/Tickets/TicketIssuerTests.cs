using System.Collections;
using System.Reflection;
using System.Security.Claims;
using System.Text.RegularExpressions;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Testing;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Tickets;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed partial class TicketIssuerTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TicketIssuer _issuer;

    public TicketIssuerTests() => _issuer = new(new() { MaxTickets = 5, MaxPerUser = 3 }, _time);

    public void Dispose()
    {
        _issuer.Dispose();
        Assert.That(_time.UndisposedTimers, Is.Zero, "nothing runs on");
    }

    [Test]
    public async Task A_ticket_stands_for_its_user_once()
    {
        string ticket = Issue("ann");
        Assert.That((await RedeemAsync(ticket))?.Identity?.Name, Is.EqualTo("ann"));
        Assert.That(await RedeemAsync(ticket), Is.Null);
    }

    [Test]
    public void Tickets_are_192_random_bits_in_letters_that_a_sub_protocol_may_have()
    {
        using var issuer = new TicketIssuer(new() { MaxPerUser = 4_000 }, _time);
        string[] tickets = [.. Enumerable.Range(0, 4_000).Select(_ => issuer.Issue(Users.Named("ann")).Value.Value)];
        Assert.Multiple(() =>
        {
            Assert.That(tickets, Is.Unique);
            Assert.That(tickets, Is.All.Matches<string>(ticket => TicketPattern().IsMatch(ticket)));
            Assert.That(
                Enumerable.Range(0, 32).Select(at => tickets.Select(ticket => ticket[at]).Distinct().Count()),
                Is.All.EqualTo(64),
                "every place takes every letter");
        });
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ")]
    public async Task What_was_never_given_is_refused(string ticket)
    {
        Issue("ann");
        Assert.That(await RedeemAsync(ticket), Is.Null);
        Assert.That(_issuer.Count, Is.EqualTo(1), "nobody else's ticket is lost by it");
    }

    [Test]
    public async Task A_ticket_that_differs_in_one_character_is_refused()
    {
        string ticket = Issue("ann");
        for (int at = 0; at < ticket.Length; at++)
        {
            char other = ticket[at] == 'A' ? 'B' : 'A';
            Assert.That(await RedeemAsync(ticket[..at] + other + ticket[(at + 1)..]), Is.Null);
        }

        Assert.That(await RedeemAsync(ticket), Is.Not.Null);
    }

    [TestCase(29_999, ExpectedResult = true)]
    [TestCase(30_000, ExpectedResult = false)]
    public async Task<bool> A_ticket_is_good_for_30_seconds(int milliseconds)
    {
        string ticket = Issue("ann");
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return await RedeemAsync(ticket) is not null;
    }

    [Test]
    public void Of_what_is_expired_nothing_is_kept_and_no_timer_runs()
    {
        Assert.That(_time.ActiveTimers, Is.Zero, "before the first");
        Issue("ann");
        _time.Advance(TimeSpan.FromSeconds(15));
        Issue("ben");
        Assert.That((_issuer.Count, _time.ActiveTimers), Is.EqualTo((2, 1)));

        _time.Advance(TimeSpan.FromSeconds(16));
        Assert.That((_issuer.Count, _time.ActiveTimers), Is.EqualTo((1, 1)));
        _time.Advance(TimeSpan.FromSeconds(16));

        Assert.That((_issuer.Count, _time.ActiveTimers), Is.EqualTo((0, 0)));
        Assert.That(TableCounts(), Is.All.Zero, "dropped by the timer, not by whoever looks");
    }

    [Test]
    public async Task Of_what_is_used_nothing_is_kept()
    {
        await RedeemAsync(Issue("ann"));
        Assert.That(TableCounts(), Is.All.Zero);
    }

    [Test]
    public async Task One_user_s_limit_stops_that_user_only_and_says_when_there_is_a_ticket_again()
    {
        string first = Issue("ann");
        _time.Advance(TimeSpan.FromSeconds(10));
        Issue("ann");
        Issue("ann");

        SignalingError? refusal = _issuer.Issue(Users.Named("ann")).Error;
        Assert.That((refusal?.Code, refusal?.RetryAfter), Is.EqualTo(("limit-exceeded", (TimeSpan?)TimeSpan.FromSeconds(20))));
        Assert.That(_issuer.Issue(Users.Named("ben")).IsSuccess);

        Assert.That(await RedeemAsync(first), Is.Not.Null, "what was given is still good");
        Assert.That(_issuer.Issue(Users.Named("ann")).IsSuccess, "a used ticket makes room");
    }

    [Test]
    public void After_the_time_that_a_refusal_tells_there_is_a_ticket()
    {
        for (int i = 0; i < 3; i++)
        {
            Issue("ann");
        }

        _time.Advance(_issuer.Issue(Users.Named("ann")).Error!.RetryAfter!.Value);
        Assert.That(_issuer.Issue(Users.Named("ann")).IsSuccess);
    }

    [Test]
    public void The_limit_of_all_stops_everybody()
    {
        foreach (string user in (string[])["a", "b", "c", "d", "e"])
        {
            Issue(user);
        }

        SignalingError? refusal = _issuer.Issue(Users.Named("f")).Error;
        Assert.That((refusal?.Code, refusal?.RetryAfter), Is.EqualTo(("limit-exceeded", (TimeSpan?)TimeSpan.FromSeconds(30))));
        Assert.That(_issuer.Count, Is.EqualTo(5));
    }

    [Test]
    public async Task A_ticket_stands_for_the_user_as_it_was_when_it_was_given()
    {
        ClaimsPrincipal ann = Users.Named("ann");
        string ticket = _issuer.Issue(ann).Value.Value;
        ((ClaimsIdentity)ann.Identity!).AddClaim(new(ClaimTypes.Role, "teacher"));
        ClaimsPrincipal redeemed = (await RedeemAsync(ticket))!;
        Assert.Multiple(() =>
        {
            Assert.That(redeemed.IsInRole("teacher"), Is.False);
            Assert.That(redeemed.Identity!.IsAuthenticated);
            Assert.That(redeemed.FindFirst(ClaimTypes.NameIdentifier)?.Value, Is.EqualTo("ann"));
        });
    }

    [Test]
    public async Task Of_many_who_come_with_one_ticket_at_once_one_gets_in()
    {
        for (int round = 0; round < 200; round++)
        {
            string ticket = Issue("ann");
            using var start = new Barrier(4);
            ClaimsPrincipal?[] redeemed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return RedeemAsync(ticket);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
            Assert.That(redeemed.Count(user => user is not null), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task After_its_end_it_gives_no_tickets_and_takes_none()
    {
        string ticket = Issue("ann");
        _issuer.Dispose();
        Assert.That(_issuer.Issue(Users.Named("ann")).Error?.Code, Is.EqualTo("server-stopping"));
        Assert.That(await RedeemAsync(ticket), Is.Null);
    }

    [Test]
    public void A_ticket_s_value_is_not_in_what_it_says_of_itself()
    {
        IssuedTicket ticket = _issuer.Issue(Users.Named("ann")).Value;
        Assert.That($"{ticket}", Does.Not.Contain(ticket.Value).And.Contain("00:00:30"));
    }

    [Test]
    public void Its_value_is_nowhere_in_the_issuer()
    {
        string ticket = Issue("ann");
        Assert.That(Strings(_issuer, new(ReferenceEqualityComparer.Instance)).ToList(), Has.None.Contains(ticket).And.Some.EqualTo("ann"), "the search finds what is there");
    }

    private static IEnumerable<string> Strings(object? value, HashSet<object> seen)
    {
        if (value is string text)
        {
            return [text];
        }

        if (value is null || value.GetType().IsPrimitive || value is Type or Delegate or Pointer or ManualTimeProvider || !seen.Add(value))
        {
            return [];
        }

        IEnumerable<object?> parts = value is IEnumerable items ? items.Cast<object?>() : [];
        IEnumerable<object?> fields = value.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => !field.FieldType.IsByRefLike)
            .Select(field => field.GetValue(value));
        return parts.Concat(fields).SelectMany(part => Strings(part, seen));
    }

    /// <summary>How much each of the table's collections holds, without asking the issuer, which tidies up first.</summary>
    private IEnumerable<int> TableCounts()
    {
        object table = typeof(TicketIssuer).GetField("_table", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(_issuer)!;
        return table.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(field => field.GetValue(table)).OfType<ICollection>().Select(collection => collection.Count);
    }

    private string Issue(string user) => _issuer.Issue(Users.Named(user)).Value.Value;

    private async Task<ClaimsPrincipal?> RedeemAsync(string ticket) => await _issuer.RedeemAsync(ticket, CancellationToken.None);

    [GeneratedRegex("^[A-Za-z0-9_-]{32}$")]
    private static partial Regex TicketPattern();
}
