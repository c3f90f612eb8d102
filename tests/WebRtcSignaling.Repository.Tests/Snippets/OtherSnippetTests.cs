using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using WebRtcSignaling.Repository.Tests.Documents;

namespace WebRtcSignaling.Repository.Tests.Snippets;

/// <summary>Blocks in other languages than C#: those that can be parsed are well-formed. Examples of the protocol are run elsewhere.</summary>
public sealed class OtherSnippetTests
{
    /// <summary>What a fence may say; another name for one of them would pass by its test.</summary>
    private static readonly string[] _languages = ["csharp", "json", "xml", "sh", "js", "html", "ini", "nginx", "http", "example", "text", ""];

    private static IEnumerable<CodeBlock> Blocks => RepositoryFiles.Markdown.SelectMany(path => MarkdownDocument.Load(path).Blocks);

    [Test]
    public void Every_block_of_json_and_xml_is_well_formed() =>
        Assert.That(Blocks.Select(block => (Block: block, Problem: Check(block))).Where(one => one.Problem is not null), Is.Empty);

    [Test]
    public void Every_block_says_its_language_by_the_name_that_its_test_knows() =>
        Assert.That(Blocks.Where(block => !_languages.Contains(block.Language)).Select(block => $"{block}: {block.Language}"), Is.Empty);

    [Test]
    public void Only_csharp_has_a_context() =>
        Assert.That(Blocks.Where(block => block.Context is not null && block.Language != "csharp"), Is.Empty);

    [TestCase("json", """{"Signaling":{"AllowedOrigins":["*"]}}""")]
    [TestCase("xml", """<PackageReference Include="A" /><PackageReference Include="B" />""")]
    [TestCase("sh", "{")]
    public void A_well_formed_block_is_accepted(string language, string text) => Assert.That(Check(new CodeBlock("a.md", 1, language, text)), Is.Null);

    [TestCase("json", """{"Signaling":{}""")]
    [TestCase("json", """{"a":1,}""")]
    [TestCase("xml", "<a><b></a>")]
    public void A_malformed_block_is_found(string language, string text) => Assert.That(Check(new CodeBlock("a.md", 1, language, text)), Is.Not.Null);

    private static string? Check(CodeBlock block)
    {
        try
        {
            switch (block.Language)
            {
                case "json":
                    JsonDocument.Parse(block.Text).Dispose();
                    break;
                case "xml":
                    XDocument.Parse($"<root>{block.Text}</root>");
                    break;
            }

            return null;
        }
        catch (Exception problem) when (problem is JsonException or XmlException)
        {
            return problem.Message;
        }
    }
}
