using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WebRtcSignaling.Repository.Tests.Documents;

namespace WebRtcSignaling.Repository.Tests.Snippets;

/// <summary>Compiles a C# block of a document as a reader would who puts it into a new project.</summary>
internal static partial class SnippetProgram
{
    private static readonly string[] _consoleUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] _webUsings =
    [
        .. _consoleUsings, "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging",
    ];

    /// <summary>A fragment may show a variable or a local function that it does not use, and a using directive that its context has too.</summary>
    private static readonly string[] _allowedInFragments = ["CS0105", "CS0168", "CS0219", "CS8321"];

    private static readonly CSharpParseOptions _parsing = new(LanguageVersion.Preview, DocumentationMode.Parse);

    /// <summary>What the compiler has against a block; places are those of the document.</summary>
    /// <remarks>
    /// Where block or context say <c>WebApplication</c> it is the web SDK that compiles them; otherwise it is a program that does not reference
    /// ASP.NET Core, unless it uses the package whose clients need it.
    /// </remarks>
    public static IEnumerable<string> Compile(CodeBlock block, SnippetContext context)
    {
        string source = Write(block, context);
        bool isWeb = source.Contains("WebApplication", StringComparison.Ordinal);
        bool seesAll = isWeb || source.Contains("using WebRtcSignaling.Compatibility;", StringComparison.Ordinal);
        string implicitUsings = string.Concat((isWeb ? _webUsings : _consoleUsings).Select(space => $"global using {space};\n"));
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(source, _parsing), CSharpSyntaxTree.ParseText(implicitUsings, _parsing)],
            seesAll ? PlatformReferences.Web : PlatformReferences.Console,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return compilation.GetDiagnostics()
            .Where(problem => problem.Severity >= DiagnosticSeverity.Warning && !(context != SnippetContext.None && _allowedInFragments.Contains(problem.Id)))
            .Select(problem => $"{PlaceOf(problem)}: {problem.Id} {problem.GetMessage(null)}")
            .Distinct();
    }

    /// <summary>The block inside its context, its own usings at the top.</summary>
    private static string Write(CodeBlock block, SnippetContext context)
    {
        var usings = new StringBuilder();
        string code = UsingPattern().Replace(block.Text, directive =>
        {
            int line = block.Line + block.Text.AsSpan(0, directive.Index).Count('\n');
            usings.Append($"#line {line} \"{block.Document}\"\n{directive.Value}\n");
            return "";
        });
        return $"""
            {usings}#line 1 "context"
            {context.Before}
            #line {block.Line} "{block.Document}"
            {code}
            #line 1 "context"
            {context.After}
            """;
    }

    private static string PlaceOf(Diagnostic problem)
    {
        FileLinePositionSpan place = problem.Location.GetMappedLineSpan();
        return $"{place.Path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1})";
    }

    [GeneratedRegex(@"^using (?:static )?[\w.]+(?: = [\w.<>, ]+)?;[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex UsingPattern();
}
