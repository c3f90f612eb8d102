using WebRtcSignaling.Repository.Tests.Documents;

namespace WebRtcSignaling.Repository.Tests.Snippets;

/// <summary>
/// Every C# block of every document compiles. A block is a whole program, or a fragment under a comment <c>&lt;!-- snippet: name --&gt;</c>, which no
/// reader sees and which names the text in Contexts that belongs around it.
/// </summary>
public sealed class CSharpSnippetTests
{
    private static IEnumerable<CodeBlock> Blocks =>
        RepositoryFiles.Markdown.SelectMany(path => MarkdownDocument.Load(path).Blocks).Where(block => block.Language == "csharp");

    [TestCaseSource(nameof(Blocks))]
    public void A_block_in_the_documents_compiles(CodeBlock block) => Assert.That(Compile(block), Is.Empty);

    [Test]
    public void The_documents_have_blocks() => Assert.That(Blocks.ToList(), Has.Count.GreaterThan(2));

    [TestCase("Console.WriteLine(1);", null)]
    [TestCase("var app = WebApplication.Create();\napp.MapGet(\"/\", () => \"x\");\napp.Run();", null)]
    [TestCase("using WebRtcSignaling;\n\nusing var server = new SignalingServer();\nserver.Stop();", null)]
    [TestCase("using System.Text;\n\nserver.Stop();\nint unused = 1;", "server")]
    [TestCase("session.Close(new SessionClose(SessionCloseReason.Left));", "session")]
    [TestCase("app.MapGet(\"/\", () => \"x\");", "app")]
    public void A_block_that_is_right_is_accepted(string code, string? context) => Assert.That(Compile(Block(code, context)), Is.Empty);

    [TestCase("int a = \"x\";", null, "CS0029")]
    [TestCase("int a = 1;", null, "CS0219")]
    [TestCase("string? a = args.FirstOrDefault();\nConsole.WriteLine(a.Length);", null, "CS8602")]
    [TestCase("server.Stopp();", "server", "CS1061")]
    [TestCase("server.Stop();", null, "CS0103")]
    [TestCase("Microsoft.AspNetCore.Http.HttpContext? x = null;\nConsole.WriteLine(x);", null, "CS0234")]
    [TestCase("using Nothing.Here;\nConsole.WriteLine(1);", null, "CS0246")]
    public void A_block_that_is_wrong_is_refused(string code, string? context, string expected) =>
        Assert.That(Compile(Block(code, context)), Has.Some.Contains(expected));

    [Test]
    public void A_problem_is_shown_at_its_place_in_the_document() =>
        Assert.That(Compile(Block("using System.Text;\n\nserver.Stopp();", "server")).Single(), Does.StartWith("docs/x.md(12,8): "));

    [Test]
    public void A_context_that_does_not_exist_is_named() =>
        Assert.That(() => Compile(Block("int a;", "nothing")), Throws.InstanceOf<FormatException>().With.Message.Contains("nothing"));

    [TestCase("int a;")]
    [TestCase("// snippet\n// snippet\n")]
    public void A_context_has_one_place_for_the_fragment(string text) =>
        Assert.That(() => SnippetContext.Parse(text), Throws.InstanceOf<FormatException>());

    private static CodeBlock Block(string code, string? context) => new("docs/x.md", 10, "csharp", code) { Context = context };

    private static string[] Compile(CodeBlock block) =>
        [.. SnippetProgram.Compile(block, block.Context is null ? SnippetContext.None : SnippetContext.Load(block.Context))];
}
