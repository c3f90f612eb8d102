using WebRtcSignaling.Calls;
using WebRtcSignaling.Names;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Names;

public sealed class NameRulesTests
{
    private static IEnumerable<TestCaseData> Texts()
    {
        yield return Case("nothing", null, false);
        yield return Case("empty", "", false);
        yield return Case("one character", "a", true);
        yield return Case("a space", " ", true);
        yield return Case("64 characters", new('x', 64), true);
        yield return Case("65 characters", new('x', 65), false);
        yield return Case("10,000 characters", new('x', 10_000), false);
        yield return Case("32 pairs", string.Concat(Enumerable.Repeat("😀", 32)), true);
        yield return Case("a 64-unit text that ends inside a pair", new string('x', 63) + '\ud83d', false);
        yield return Case("NUL", "a\0b", false);
        yield return Case("tab", "a\tb", false);
        yield return Case("line feed at the end", "a\n", false);
        yield return Case("escape", "\u001b[31m", false);
        yield return Case("delete", "a\u007f", false);
        yield return Case("next line (C1)", "a\u0085b", false);
        yield return Case("application program command (C1)", "\u009f", false);
        yield return Case("line separator", "a\u2028b", false);
        yield return Case("paragraph separator", "a\u2029b", false);
        yield return Case("no-break space", "\u00a0", true);
        yield return Case("a high surrogate alone", "\ud83d", false);
        yield return Case("a low surrogate alone", "\ude00", false);
        yield return Case("a high surrogate before a letter", "\ud83da", false);
        yield return Case("two high surrogates", "\ud83d\ud83d", false);
        yield return Case("a pair and a low surrogate", "😀\ude00", false);
        yield return Case("a pair the wrong way round", "\ude00\ud83d", false);
        yield return Case("the highest code point", "\udbff\udfff", true);
        yield return Case("quotes and brackets", "\"<&'>\\", true);
        yield return Case("letters of many scripts", "茶 чай té", true);
    }

    [TestCaseSource(nameof(Texts))]
    public void Rooms_sessions_and_calls_take_the_same_names(string? text, bool isValid)
    {
        Assert.Multiple(() =>
        {
            Assert.That(NameRules.IsValid(text), Is.EqualTo(isValid));
            Assert.That(RoomId.TryParse(text, out RoomId room), Is.EqualTo(isValid));
            Assert.That(SessionId.TryParse(text, out SessionId session), Is.EqualTo(isValid));
            Assert.That(CallId.TryParse(text, out CallId call), Is.EqualTo(isValid));
            Assert.That((room.Value, session.Value, call.Value), Is.EqualTo(isValid ? (text, text, text) : default((string?, string?, string?))));
            Assert.That((room.ToString(), session.ToString(), call.ToString()), Is.EqualTo(isValid ? (text, text, text) : ("", "", "")));
        });
    }

    [TestCase("")]
    [TestCase("a\nb")]
    public void Parsing_what_is_no_name_is_an_error_of_the_program(string text)
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => RoomId.Parse(text), Throws.TypeOf<FormatException>());
            Assert.That(() => SessionId.Parse(text), Throws.TypeOf<FormatException>());
            Assert.That(() => CallId.Parse(text), Throws.TypeOf<FormatException>());
        });
    }

    [TestCase(32, true)]
    [TestCase(33, false)]
    public void A_shorter_limit_counts_just_as_well(int length, bool isValid) =>
        Assert.That(NameRules.IsValid(new('x', length), 32), Is.EqualTo(isValid));

    [Test]
    public void Generated_names_are_unguessable_and_safe_everywhere()
    {
        string[] names = [.. Enumerable.Range(0, 1_000).Select(_ => NameRules.CreateUnguessable())];
        Assert.Multiple(() =>
        {
            Assert.That(names.Distinct().Count(), Is.EqualTo(names.Length));
            Assert.That(names, Is.All.Match("^[A-Za-z0-9_-]{22}$"));
            Assert.That(
                string.Concat(names).Distinct().Count(), Is.EqualTo(64), "each of the 64 characters appears in 22,000 random ones");
        });
    }

    [Test]
    public void Names_are_compared_exactly() => Assert.Multiple(() =>
    {
        Assert.That(RoomId.Parse("tea"), Is.Not.EqualTo(RoomId.Parse("Tea")));
        Assert.That(SessionId.Parse("é"), Is.Not.EqualTo(SessionId.Parse("e\u0301")));
    });

    private static TestCaseData Case(string name, string? text, bool isValid) =>
        new TestCaseData(text, isValid).SetArgDisplayNames(name);
}
