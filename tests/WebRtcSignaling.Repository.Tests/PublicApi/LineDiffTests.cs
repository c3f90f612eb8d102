namespace WebRtcSignaling.Repository.Tests.PublicApi;

public sealed class LineDiffTests
{
    [Test]
    public void Equal_texts_have_no_difference() => Assert.That(LineDiff.Describe("a\nb\n", "a\nb\n"), Is.Empty);

    [Test]
    public void A_changed_line_is_shown_in_both_forms_under_its_parent() =>
        Assert.That(
            LineDiff.Describe("class A\n{\n    int X();\n    int Y();\n}\n", "class A\n{\n    int X();\n    long Y();\n}\n"),
            Is.EqualTo("  class A\n-     int Y();\n+     long Y();"));

    [Test]
    public void A_new_line_is_shown_alone() =>
        Assert.That(LineDiff.Describe("class A\n{\n}\n", "class A\n{\n    int X();\n}\n"), Is.EqualTo("  class A\n+     int X();"));

    [Test]
    public void Everything_is_new_against_nothing() => Assert.That(LineDiff.Describe("", "a\nb"), Does.Contain("+ a").And.Contain("+ b"));
}
