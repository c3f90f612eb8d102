namespace WebRtcSignaling.Repository.Tests.Documents;

public sealed class MarkdownDocumentTests
{
    [Test]
    public void A_block_has_its_language_line_and_text()
    {
        CodeBlock block = MarkdownDocument.Parse("a.md", "Text\n\n```csharp title\nint a;\n\nint b;\n```\n").Blocks.Single();
        Assert.That(block, Is.EqualTo(new CodeBlock("a.md", 4, "csharp", "int a;\n\nint b;")));
    }

    [Test]
    public void A_block_in_a_list_loses_the_lists_indentation() =>
        Assert.That(MarkdownDocument.Parse("a.md", "- x\n  ```sh\n  a\n    b\n  ```\n").Blocks.Single().Text, Is.EqualTo("a\n  b"));

    [Test]
    public void A_longer_fence_holds_a_shorter_one() =>
        Assert.That(MarkdownDocument.Parse("a.md", "````md\n```sh\n```\n````\n").Blocks.Single().Text, Is.EqualTo("```sh\n```"));

    [Test]
    public void A_block_that_does_not_end_is_an_error() =>
        Assert.That(() => MarkdownDocument.Parse("a.md", "```sh\nls\n"), Throws.InstanceOf<FormatException>().With.Message.Contains("a.md(1)"));

    [Test]
    public void The_comment_above_a_block_names_its_context() =>
        Assert.That(MarkdownDocument.Parse("a.md", "<!-- snippet: app -->\n```csharp\n```\n").Blocks.Single().Context, Is.EqualTo("app"));

    [Test]
    public void Links_are_found_and_those_in_code_are_not() =>
        Assert.That(
            MarkdownDocument.Parse("a.md", "[a](x.md#y) ![b](<z.png>) `[c](d.md)`\n```md\n[e](f.md)\n```\n[g]: h.md \"title\"\n").Links,
            Is.EqualTo(new[] { (1, "x.md#y"), (1, "z.png"), (5, "h.md") }));

    [Test]
    public void Headings_are_anchors() =>
        Assert.That(
            MarkdownDocument.Parse("a.md", "# One, `two` & three\n## room-join\n## Room-join\n<a id=\"x\"></a>\n```sh\n# no heading\n```\n").Anchors,
            Is.EquivalentTo(new[] { "one-two--three", "room-join", "room-join-1", "x" }));
}
