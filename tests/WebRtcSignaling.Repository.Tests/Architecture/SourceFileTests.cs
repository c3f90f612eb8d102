using System.Xml.Linq;

namespace WebRtcSignaling.Repository.Tests.Architecture;

/// <summary>The shape of the source: folders are namespaces, files are types, and both stay small.</summary>
public sealed class SourceFileTests
{
    private const int MaxLinesInSrc = 300;
    private const int MaxLinesInTests = 400;

    /// <summary>Files that are better long, each with its bound and the reason.</summary>
    private static readonly Dictionary<string, (int MaxLines, string Why)> _longFiles = new(StringComparer.Ordinal)
    {
        ["src/WebRtcSignaling.Core/Sessions/SignalingSession.cs"] = (460, "the one door into the core: mostly what its methods promise; rules are elsewhere"),
        ["src/WebRtcSignaling.WebSockets/Connections/Outbox.cs"] = (420, "one lock and all that it guards: what waits, how it is flushed, how it ends"),
        ["src/WebRtcSignaling.WebSockets/Connections/WebSocketConnection.cs"] = (450, "one state machine: its table and all that moves it"),
    };

    /// <summary>
    /// What makes an app use us stands where the app's other calls of that kind do, so that nobody needs a using directive for it; and the
    /// runtime looks for a startup hook outside of any namespace.
    /// </summary>
    private static readonly Dictionary<string, string> _namespacesOfHosts = new(StringComparer.Ordinal)
    {
        ["SignalingServiceCollectionExtensions"] = "Microsoft.Extensions.DependencyInjection",
        ["SignalingHealthChecksBuilderExtensions"] = "Microsoft.Extensions.DependencyInjection",
        ["IdleCollectorServiceCollectionExtensions"] = "Microsoft.Extensions.DependencyInjection",
        ["SignalingListenOptionsExtensions"] = "Microsoft.AspNetCore.Hosting",
        ["SignalingWebHostBuilderExtensions"] = "Microsoft.AspNetCore.Hosting",
        ["SignalingEndpointRouteBuilderExtensions"] = "Microsoft.AspNetCore.Builder",
        ["TicketEndpointRouteBuilderExtensions"] = "Microsoft.AspNetCore.Builder",
        ["CompatibilityBuilderExtensions"] = "Microsoft.Extensions.DependencyInjection",
        ["SocketIOEndpointRouteBuilderExtensions"] = "Microsoft.AspNetCore.Builder",
        ["PeerJsEndpointRouteBuilderExtensions"] = "Microsoft.AspNetCore.Builder",
        ["MessageBoxEndpointRouteBuilderExtensions"] = "Microsoft.AspNetCore.Builder",
        ["StartupHook"] = "",
    };

    private static readonly SourceFile[] _src = [.. RepositoryFiles.CSharpIn("src").Select(SourceFile.Load)];
    private static readonly SourceFile[] _tests = [.. RepositoryFiles.CSharpIn("tests").Select(SourceFile.Load)];
    private static readonly SourceFile[] _benchmarks = [.. RepositoryFiles.CSharpIn("benchmarks").Select(SourceFile.Load)];

    [Test]
    public void Namespaces_are_folders()
    {
        Dictionary<string, string> rootNamespaces = RepositoryFiles.Projects
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Root: XDocument.Parse(Repository.Read(path)).Descendants("RootNamespace").SingleOrDefault()?.Value))
            .Where(project => project.Root is not null)
            .ToDictionary(project => project.Name, project => project.Root!);

        Findings.AssertNone(
            _src.Concat(_tests).Concat(_benchmarks)
                .Where(file => file.Types.Count > 0)
                .Where(file => !file.Namespaces.SequenceEqual([_namespacesOfHosts.GetValueOrDefault(file.Concept) ?? file.GetExpectedNamespace(rootNamespaces)]))
                .Select(file => $"{file.Path}: {string.Join(", ", file.Namespaces)}"),
            "A file's namespace is its folder.");
    }

    [Test]
    public void A_file_has_one_type_and_its_name() =>
        Findings.AssertNone(
            _src.Concat(_tests).Concat(_benchmarks)
                .Where(file => file.Types.Count > 1 || (file.Types.Count == 1 && file.Types[0] != file.Concept))
                .Select(file => $"{file.Path}: {string.Join(", ", file.Types)}"),
            "A file has one type and its name.");

    [Test]
    public void No_file_is_too_long_to_be_read_at_once() =>
        Findings.AssertNone(
            TooLong(_src, MaxLinesInSrc).Concat(TooLong(_tests, MaxLinesInTests)),
            $"A file has at most {MaxLinesInSrc} lines in src and {MaxLinesInTests} in tests.");

    [Test]
    public void Every_exception_for_a_long_file_is_needed() =>
        Findings.AssertNone(
            _longFiles.Keys.Where(path => _src.FirstOrDefault(file => file.Path == path) is not { LineCount: > MaxLinesInSrc }),
            "These are short enough without an exception.");

    [TestCase("src/P/A/B.cs", "namespace P.A;\n\nclass B { class C; }\n", 3, "P.A", "B")]
    [TestCase("src/P/B.Log.cs", "namespace P;\npartial class B;", 2, "P", "B")]
    [TestCase("src/P/B{T}.cs", "class B<T>;\n", 1, "", "B")]
    [TestCase("src/P/A/B.cs", "namespace P.A { enum B { X } delegate void C(); }\n", 1, "P.A", "B")]
    [TestCase("src/P/A/C.cs", "namespace P.A;\ndelegate void C();\n", 2, "P.A", "C")]
    [TestCase("src/P/A/B.cs", "namespace P.A;\nclass B;\nstruct C;\n", 3, "P.A", "B,C")]
    [TestCase("src/P/Program.cs", "System.Console.WriteLine();\n", 1, null, "")]
    public void A_file_is_seen_as_it_is(string path, string text, int lines, string? space, string types)
    {
        SourceFile file = SourceFile.Parse(path, text);
        Assert.Multiple(() =>
        {
            Assert.That(file.LineCount, Is.EqualTo(lines));
            Assert.That(file.Namespaces, Is.EqualTo(space is null ? Array.Empty<string>() : [space]));
            Assert.That(string.Join(',', file.Types), Is.EqualTo(types));
        });
    }

    [TestCase("src/Lib.Core/Rooms/Rules/A.cs", "Lib.Rooms.Rules")]
    [TestCase("src/Lib.Core/A.cs", "Lib")]
    [TestCase("tests/Lib.Core.Tests/Rooms/A.cs", "Lib.Core.Tests.Rooms")]
    public void A_namespace_is_the_projects_and_the_folders(string path, string expected) =>
        Assert.That(
            SourceFile.Parse(path, "").GetExpectedNamespace(new Dictionary<string, string> { ["Lib.Core"] = "Lib" }),
            Is.EqualTo(expected));

    private static IEnumerable<string> TooLong(IEnumerable<SourceFile> files, int most) =>
        files.Where(file => file.LineCount > (_longFiles.TryGetValue(file.Path, out (int MaxLines, string Why) exception) ? exception.MaxLines : most))
            .Select(file => $"{file.Path}: {file.LineCount} lines");
}
