namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>A reader who types what a document says finds what it names.</summary>
public sealed class NamedPathsTests
{
    private static readonly string[] _shells = ["sh", "bash", "shell", "console"];

    [Test]
    public void Every_script_project_and_file_that_a_document_names_exists()
    {
        IEnumerable<string> missing =
            from document in RepositoryFiles.Markdown.Select(MarkdownDocument.Load)
            from text in TextsOf(document)
            from path in NamedPaths.FindIn(text.Text)
            where !RepositoryFiles.Exists(path)
            select $"{document.Path}({text.Line}): {path}";
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_package_that_a_command_adds_is_one_of_ours()
    {
        IEnumerable<string> unknown =
            from document in RepositoryFiles.Markdown.Select(MarkdownDocument.Load)
            from text in TextsOf(document)
            from package in NamedPaths.FindPackagesIn(text.Text)
            where !Libraries.Names.Contains(package)
            select $"{document.Path}({text.Line}): {package}";
        Assert.That(unknown, Is.Empty);
    }

    [TestCase("./test.sh --full", "test.sh")]
    [TestCase("dotnet run -c Release --project samples/SignalingServer --urls http://localhost:80/a/b", "samples/SignalingServer")]
    [TestCase("cd docs/decisions && ls", "docs/decisions")]
    [TestCase("see tests/X.Tests/Y.cs.", "tests/X.Tests/Y.cs")]
    [TestCase("dotnet test --project=./there/x.csproj", "there/x.csproj")]
    public void A_path_is_found(string text, string expected) => Assert.That(NamedPaths.FindIn(text), Is.EqualTo(new[] { expected }));

    [TestCase("curl http://example.org/docs/a")]
    [TestCase("tests/*.Tests")]
    [TestCase("apt-get install coturn")]
    public void What_is_no_path_of_the_repository_is_left_alone(string text) => Assert.That(NamedPaths.FindIn(text), Is.Empty);

    [Test]
    public void A_package_is_found() =>
        Assert.That(NamedPaths.FindPackagesIn("dotnet add package WebRtcSignaling.Nothing"), Is.EqualTo(new[] { "WebRtcSignaling.Nothing" }));

    private static IEnumerable<(int Line, string Text)> TextsOf(MarkdownDocument document) =>
        document.Spans.Concat(document.Blocks.Where(block => _shells.Contains(block.Language)).Select(block => (block.Line, block.Text)));
}
