using System.Net;
using WebRtcSignaling.Limits;

namespace WebRtcSignaling.Core.Tests.Limits;

public sealed class FailureTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly GuessBucket Full = new(3, TimeSpan.FromSeconds(10));

    [Test]
    public void A_source_has_as_many_tries_as_its_bucket_holds_and_then_waits()
    {
        var table = new FailureTable(64);
        Assert.That(Enumerable.Range(0, 3).Select(_ => table.Take(Source(1), Full, Now)), Is.All.Null);
        Assert.That((table.Take(Source(1), Full, Now), table.WaitOf(Source(1), Now)), Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(10), (TimeSpan?)TimeSpan.FromSeconds(10))));
        Assert.That(table.WaitOf(Source(2), Now), Is.Null, "another one is not meant");
        Assert.That(table.Take(Source(1), Full, Now + TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1)), Is.Not.Null);
        Assert.That(table.Take(Source(1), Full, Now + TimeSpan.FromSeconds(10)), Is.Null);
    }

    [Test]
    public void A_try_that_is_no_failure_gives_its_token_back()
    {
        var table = new FailureTable(64);
        for (int i = 0; i < 100; i++)
        {
            Assert.That(table.Take(Source(1), Full, Now), Is.Null);
            table.GiveBack(Source(1));
        }
    }

    [Test]
    public void Failures_that_come_all_at_once_bar_nobody_for_longer_than_one_capacity()
    {
        var table = new FailureTable(64);
        for (int i = 0; i < 1_000; i++)
        {
            table.Charge(Source(1), Full, Now);
        }

        Assert.That(table.WaitOf(Source(1), Now), Is.EqualTo(TimeSpan.FromSeconds(40)));
        Assert.That(table.WaitOf(Source(1), Now + TimeSpan.FromSeconds(40)), Is.Null);
    }

    [Test]
    public void Accounts_and_addresses_do_not_meet()
    {
        var table = new FailureTable(64);
        var ann = new FailureSource("ann", default);
        table.Take(ann, new(1, Full.Interval), Now);
        Assert.That((table.WaitOf(ann, Now), table.WaitOf(new("ben", default), Now)), Is.EqualTo(((TimeSpan?)Full.Interval, (TimeSpan?)null)));
    }

    [Test]
    public void A_hundred_thousand_addresses_take_no_more_memory_than_its_places()
    {
        var table = new FailureTable(1_000);
        Assert.That(table.PlaceCount, Is.Zero, "nobody has failed");
        FailureSource[] sources = [.. Enumerable.Range(0, 100_000).Select(Source)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (FailureSource source in sources)
        {
            table.Charge(source, Full, Now);
        }

        Assert.That(table.PlaceCount, Is.EqualTo(1_024));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_024 * 100));
    }

    [Test]
    public void Those_with_least_to_be_remembered_go_first()
    {
        var table = new FailureTable(8);
        for (int i = 0; i < 3; i++)
        {
            table.Charge(Source(0), Full, Now);
        }

        for (int i = 1; i < 100_000; i++)
        {
            table.Charge(Source(i), Full, Now);
        }

        Assert.That(table.WaitOf(Source(0), Now), Is.Not.Null, "three failures outlast all who failed once");
    }

    private static FailureSource Source(int number) =>
        new(null, ClientNetwork.Of(new IPAddress((long)(uint)number))!.Value);
}
