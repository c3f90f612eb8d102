using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Sessions;

public sealed class FieldMapTests
{
    [Test]
    public void A_change_adds_replaces_and_removes_and_keeps_the_rest()
    {
        FieldMap before = Apply(FieldMap.Empty, Fields.Set(("a", "1"), ("b", "2"), ("c", "3")));
        FieldMap after = Apply(before, Fields.Set(("a", "9"), ("b", null), ("d", "4"), ("nothing", null)));
        Assert.Multiple(() =>
        {
            Assert.That(Fields.Show(after), Is.EqualTo("a=9,c=3,d=4"));
            Assert.That(Fields.Show(before), Is.EqualTo("a=1,b=2,c=3"), "the old fields are another value");
        });
    }

    [Test]
    public void Replacing_drops_what_is_not_named()
    {
        FieldMap before = Apply(FieldMap.Empty, Fields.Set(("a", "1"), ("b", "2")));
        Assert.Multiple(() =>
        {
            Assert.That(Fields.Show(Apply(before, Fields.Replace(("c", "3"), ("a", null)))), Is.EqualTo("c=3"));
            Assert.That(Apply(before, Fields.Replace()), Is.Empty);
        });
    }

    [Test]
    public void The_size_counts_names_and_values_in_bytes()
    {
        FieldMap fields = Apply(FieldMap.Empty, Fields.Set(("é", "12"), ("a", "")));
        Assert.That((fields.Size, fields.Count), Is.EqualTo((5, 2)));
    }

    [TestCase(9, null)]
    [TestCase(10, null)]
    [TestCase(11, SignalingErrorCode.LimitExceeded)]
    public void The_limit_is_on_all_fields_together(int bytes, string? refusal)
    {
        FieldMap before = Apply(FieldMap.Empty, Fields.Set("aa", "12"));
        SignalingResult<FieldMap> after = before.Apply(Fields.Set("b", new('x', bytes - before.Size - 1)), Limits(10));
        Assert.That(after.Error?.Code, Is.EqualTo(refusal));
    }

    [Test]
    public void Only_the_outcome_is_measured()
    {
        FieldMap before = Apply(FieldMap.Empty, Fields.Set("a", new('x', 9)), 10);
        Assert.That(before.Apply(Fields.Set(("a", null), ("b", new('x', 9))), Limits(10)).Error, Is.Null);
    }

    [Test]
    public void The_shortest_fields_have_a_limit_of_their_own_since_each_costs_more_than_its_bytes()
    {
        FieldMap full = Apply(FieldMap.Empty, Numbered(0, 100), 4_096);
        Assert.Multiple(() =>
        {
            Assert.That(full.Apply(Numbered(100, 1), Limits(4_096)).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That(FieldMap.Empty.Apply(Numbered(0, 101), Limits(4_096)).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That(full.Apply(Numbered(50, 50), Limits(4_096)).Error, Is.Null, "what is there already is no further field");
            Assert.That(full.Apply(Fields.Set(("0", null), ("new", "1")), Limits(4_096)).Error, Is.Null);
        });
    }

    [Test]
    public void All_fields_can_be_exchanged_for_others_at_once_and_no_more_can_be_named()
    {
        FieldMap full = Apply(FieldMap.Empty, Numbered(0, 100), 4_096);
        (string, string?)[] all = [.. Enumerable.Range(0, 200).Select(number => ($"{number}", number < 100 ? null : "1"))];
        Assert.That(Apply(full, Fields.Set(all), 4_096), Has.Count.EqualTo(100));
        Assert.That(full.Apply(Fields.Set([.. all, ("x", null)]), Limits(4_096)).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
    }

    [TestCase(8_000, 8_000)]
    [TestCase(8_000, 100)]
    [TestCase(8_000, 5_000)]
    public void Refusing_a_huge_change_builds_nothing(int names, int limit)
    {
        FieldUpdate huge = Numbered(0, names);
        SignalingResult<FieldMap> Refuse() => FieldMap.Empty.Apply(huge, Limits(4_096, limit));
        Assert.That(Refuse().Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuse();

        // A map of so many takes four times as much, and code that is not optimized yet boxes each entry.
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(250_000));
    }

    [TestCase("")]
    [TestCase("a\nb")]
    [TestCase("123456789012345678901234567890123")]
    public void A_field_s_name_is_a_short_name_also_where_it_is_removed(string name)
    {
        Assert.Multiple(() =>
        {
            Assert.That(FieldMap.Empty.Apply(Fields.Set(name, "1"), Limits(100)).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(FieldMap.Empty.Apply(Fields.Set(name, null), Limits(100)).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        });
    }

    [Test]
    public void A_field_s_name_is_unicode() =>
        Assert.That(FieldMap.Empty.Apply(Fields.Set("\ud800", "1"), Limits(100)).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));

    [Test]
    public void A_name_of_32_characters_is_taken() =>
        Assert.That(FieldMap.Empty.Apply(Fields.Set(new('x', 32), ""), Limits(32)).Error, Is.Null);

    [Test]
    public void Fields_read_like_a_dictionary_in_the_order_of_their_names()
    {
        FieldMap fields = Apply(FieldMap.Empty, Fields.Set(("b", "2"), ("B", "1"), ("a", "3")));
        Assert.Multiple(() =>
        {
            Assert.That(fields.Keys, Is.EqualTo(["B", "a", "b"]));
            Assert.That(fields.Values.Select(Text.Of), Is.EqualTo(["1", "3", "2"]));
            Assert.That(Text.Of(fields["a"]), Is.EqualTo("3"));
            Assert.That((fields.ContainsKey("a"), fields.ContainsKey("A"), fields.TryGetValue("A", out _)), Is.EqualTo((true, false, false)));
        });
    }

    private static FieldMap Apply(FieldMap fields, FieldUpdate update, int maxSize = 100) => fields.Apply(update, Limits(maxSize)).Value;

    private static FieldLimits Limits(int bytes, int count = 100) => new(count, bytes);

    private static FieldUpdate Numbered(int first, int count) =>
        Fields.Set([.. Enumerable.Range(first, count).Select(number => ($"{number}", (string?)"1"))]);
}
