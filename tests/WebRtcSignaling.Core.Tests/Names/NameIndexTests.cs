using System.Globalization;
using WebRtcSignaling.Names;

namespace WebRtcSignaling.Core.Tests.Names;

public sealed class NameIndexTests
{
    [TestCase("", 10, "T,ta,tea,teak,tz,u")]
    [TestCase("", 2, "T,ta")]
    [TestCase("te", 10, "tea,teak")]
    [TestCase("te", 1, "tea")]
    [TestCase("teak", 10, "teak")]
    [TestCase("teaks", 10, "")]
    [TestCase("a", 10, "")]
    [TestCase("ub", 10, "")]
    [TestCase("z", 10, "")]
    public void Names_are_found_by_how_they_begin_in_their_order(string prefix, int most, string expected)
    {
        NameIndex<string> index = Of("u", "tea", "T", "tz", "teak", "ta");
        Assert.That(string.Join(",", index.Find(prefix, most)), Is.EqualTo(expected));
    }

    [Test]
    public void What_was_removed_is_not_found_and_what_is_there_stays()
    {
        NameIndex<string> index = Of("a", "b");
        index.Add("b", "another");
        index.Remove("a");
        index.Remove("nothing");
        Assert.That(index.Find("", 10), Is.EqualTo(["b"]));
        index.Remove("b");
        Assert.That(index.Find("", 10), Is.Empty);
        Assert.That(index.Find("b", 10), Is.Empty);
    }

    [TestCase("")]
    [TestCase("r5")]
    [TestCase("nothing")]
    [TestCase("r50000x")]
    [TestCase("zzz")]
    public void However_many_names_there_are_few_are_looked_at(string prefix)
    {
        var order = new CountedOrder();
        var index = new NameIndex<string>(order);
        for (int i = 0; i < 100_000; i++)
        {
            index.Add(string.Create(CultureInfo.InvariantCulture, $"r{i}"), "");
        }

        order.Count = 0;
        Assert.That(index.Find(prefix, 10), Has.Count.LessThanOrEqualTo(10));
        Assert.That(order.Count, Is.LessThan(500));
    }

    private static NameIndex<string> Of(params string[] names)
    {
        var index = new NameIndex<string>(StringComparer.Ordinal);
        Array.ForEach(names, name => index.Add(name, name));
        return index;
    }

    private sealed class CountedOrder : IComparer<string>
    {
        public int Count { get; set; }

        public int Compare(string? x, string? y)
        {
            Count++;
            return string.CompareOrdinal(x, y);
        }
    }
}
