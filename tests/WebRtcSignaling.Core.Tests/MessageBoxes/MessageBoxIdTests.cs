using WebRtcSignaling.MessageBoxes;

namespace WebRtcSignaling.Core.Tests.MessageBoxes;

public sealed class MessageBoxIdTests
{
    [TestCase("a")]
    [TestCase("0123456789abcdefghijklmnopqrstuv")]
    [TestCase("ABCxyz,-09")]
    public void An_id_of_the_allowed_characters_is_read_as_it_is(string text)
    {
        Assert.That(MessageBoxId.TryParse(text, out MessageBoxId id));
        Assert.Multiple(() =>
        {
            Assert.That(id.Value, Is.EqualTo(text));
            Assert.That(id.ToString(), Is.EqualTo(text));
        });
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" a")]
    [TestCase("a b")]
    [TestCase("a_b")]
    [TestCase("../x")]
    [TestCase("a\0")]
    [TestCase("a\n")]
    [TestCase("é")]
    [TestCase("٣")]
    public void Any_other_text_is_refused(string? text)
    {
        Assert.That(MessageBoxId.TryParse(text, out MessageBoxId id), Is.False);
        Assert.That(id, Is.EqualTo(default(MessageBoxId)));
    }

    [TestCase(127, true)]
    [TestCase(128, true)]
    [TestCase(129, false)]
    public void An_id_has_at_most_128_characters(int length, bool valid) =>
        Assert.That(MessageBoxId.TryParse(new string('a', length), out _), Is.EqualTo(valid));

    [Test]
    public void Ids_differ_by_case() => Assert.That(MessageBoxTexts.Id("abc"), Is.Not.EqualTo(MessageBoxTexts.Id("ABC")));

    [Test]
    public void New_ids_are_128_bits_in_lower_case_hexadecimal_and_never_the_same()
    {
        string[] ids = [.. Enumerable.Range(0, 1000).Select(static _ => MessageBoxId.NewId().Value)];

        Assert.Multiple(() =>
        {
            Assert.That(ids, Is.Unique);
            Assert.That(ids, Has.All.Matches("^[0-9a-f]{32}$"));
            Assert.That(MessageBoxId.TryParse(ids[0], out _));
        });
    }
}
