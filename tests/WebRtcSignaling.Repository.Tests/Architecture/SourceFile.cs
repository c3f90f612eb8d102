using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WebRtcSignaling.Repository.Tests.Architecture;

/// <summary>A C# file: where it stands and what it declares.</summary>
/// <param name="Path">From the root.</param>
/// <param name="LineCount">How long it is.</param>
/// <param name="Namespaces">What it declares; an empty name if it declares types outside of any.</param>
/// <param name="Types">Names of its types that stand in no other type.</param>
internal sealed record SourceFile(string Path, int LineCount, IReadOnlyList<string> Namespaces, IReadOnlyList<string> Types)
{
    /// <summary>The file's name up to the part of a partial class (<c>Foo.Log.cs</c>) or the parameters of a generic one (<c>Foo{T}.cs</c>).</summary>
    public string Concept => System.IO.Path.GetFileName(Path).Split('.', '{')[0];

    public static SourceFile Load(string path) => Parse(path, Repository.Read(path));

    public static SourceFile Parse(string path, string text)
    {
        CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot();
        MemberDeclarationSyntax[] types =
        [
            .. unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
                .OfType<MemberDeclarationSyntax>()
                .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax),
        ];
        return new SourceFile(
            path,
            text.Split('\n').Length - (text.EndsWith('\n') ? 1 : 0),
            [.. types.Select(type => (type.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString() ?? "").Distinct()],
            [.. types.Select(NameOf)]);
    }

    /// <summary>The namespace that a file at this place declares.</summary>
    /// <param name="rootNamespaces">What stands in for a project's name where the project says so.</param>
    public string GetExpectedNamespace(IReadOnlyDictionary<string, string> rootNamespaces)
    {
        string[] folders = Path.Split('/')[1..^1];
        string root = rootNamespaces.GetValueOrDefault(folders[0], folders[0]);
        return string.Join('.', folders[1..].Prepend(root));
    }

    private static string NameOf(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax named ? named.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;
}
