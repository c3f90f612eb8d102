using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WebRtcSignaling.Repository.Tests.PublicApi;

public sealed class XmlDocumentationTests
{
    [TestCase("/// <summary>C.</summary>\npublic class C { /// <summary>X.</summary>\npublic int X; }", new string[0])]
    [TestCase("/// <summary>C.</summary>\npublic class C { public int X; }", new[] { "F:C.X" })]
    [TestCase("public class C { /// <inheritdoc/>\npublic int X; }", new[] { "T:C" })]
    [TestCase("/// <summary> </summary>\npublic class C;", new[] { "T:C" })]
    [TestCase("/// <summary>C.</summary>\n/// <param name=\"X\">X.</param>\npublic record C(int X);", new string[0])]
    [TestCase("/// <summary>C.</summary>\npublic record struct C(int X);", new[] { "M:C.#ctor(System.Int32)", "P:C.X", "M:C.Deconstruct(System.Int32@)" })]
    public void What_nothing_is_said_about_is_found(string source, string[] expected)
    {
        var compilation = CSharpCompilation.Create(
            "Documented",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose))],
            PlatformReferences.Console,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        using var xml = new MemoryStream();
        Assert.That(compilation.Emit(image, xmlDocumentationStream: xml).Success, Is.True);

        MetadataReference built = MetadataReference.CreateFromImage(image.ToArray());
        var reader = CSharpCompilation.Create("Reader", references: [.. PlatformReferences.Console, built]);
        XmlDocumentation documentation = XmlDocumentation.Parse(System.Text.Encoding.UTF8.GetString(xml.ToArray()).TrimStart('\uFEFF'));
        var assembly = (IAssemblySymbol)reader.GetAssemblyOrModuleSymbol(built)!;

        Assert.That(PublicSymbols.TypesOf(assembly).SelectMany(documentation.MissingIn), Is.EquivalentTo(expected));
    }
}
