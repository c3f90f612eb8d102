namespace WebRtcSignaling.Repository.Tests.Documents;

public sealed class LinkTests
{
    [Test]
    public void Every_relative_link_leads_to_a_file_and_heading_that_exist() =>
        Assert.That(new LinkCheck(RepositoryFiles.Markdown.Select(MarkdownDocument.Load), RepositoryFiles.Exists).FindBroken(), Is.Empty);

    [TestCase("[x](b.md)")]
    [TestCase("[x](b.md#two)")]
    [TestCase("[x](#one)")]
    [TestCase("[x](../top.md)")]
    [TestCase("[x](https://example.org/nothing)")]
    [TestCase("[x](mailto:ann@example.org)")]
    public void A_link_that_leads_somewhere_is_accepted(string link) => Assert.That(FindBroken(link), Is.Empty);

    [TestCase("[x](c.md)")]
    [TestCase("[x](b.md#three)")]
    [TestCase("[x](#two)")]
    [TestCase("[x](../docs.md)")]
    [TestCase("[x](../../top.md)")]
    [TestCase("[x](/docs/b.md)")]
    public void A_link_that_leads_nowhere_is_found(string link) => Assert.That(FindBroken(link).Single(), Does.StartWith("docs/a.md(2): "));

    private static IEnumerable<string> FindBroken(string link)
    {
        MarkdownDocument[] documents =
        [
            MarkdownDocument.Parse("docs/a.md", "# One\n" + link),
            MarkdownDocument.Parse("docs/b.md", "# Two"),
            MarkdownDocument.Parse("top.md", ""),
        ];
        return new LinkCheck(documents, path => documents.Any(document => document.Path == path)).FindBroken();
    }
}
