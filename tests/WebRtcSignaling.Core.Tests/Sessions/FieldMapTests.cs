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
        SignalingResult<FieldMap> after = before.Apply(Fields.Set("b", new('x', bytes - before.Size - 1)), 10);
        Assert.That(after.Error?.Code, Is.EqualTo(refusal));
    }

    [Test]
    public void Only_the_outcome_is_measured()
    {
        FieldMap before = Apply(FieldMap.Empty, Fields.Set("a", new('x', 9)), 10);
        Assert.That(before.Apply(Fields.Set(("a", null), ("b", new('x', 9))), 10).Error, Is.Null);
    }

    [TestCase("")]
    [TestCase("a\nb")]
    [TestCase("123456789012345678901234567890123")]
    public void A_field_s_name_is_a_short_name_also_where_it_is_removed(string name)
    {
        Assert.Multiple(() =>
        {
            Assert.That(FieldMap.Empty.Apply(Fields.Set(name, "1"), 100).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
            Assert.That(FieldMap.Empty.Apply(Fields.Set(name, null), 100).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        });
    }

    [Test]
    public void A_field_s_name_is_unicode() =>
        Assert.That(FieldMap.Empty.Apply(Fields.Set("\ud800", "1"), 100).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));

    [Test]
    public void A_name_of_32_characters_is_taken() =>
        Assert.That(FieldMap.Empty.Apply(Fields.Set(new('x', 32), ""), 32).Error, Is.Null);

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

    private static FieldMap Apply(FieldMap fields, FieldUpdate update, int maxSize = 100) => fields.Apply(update, maxSize).Value;
}
