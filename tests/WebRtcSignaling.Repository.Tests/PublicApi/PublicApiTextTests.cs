using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WebRtcSignaling.Repository.Tests.PublicApi;

/// <summary>The rendering shows every change that breaks a caller, and nothing that does not.</summary>
public sealed class PublicApiTextTests
{
    [TestCase("public sealed class C { public int X() => 1; }", "public int X();")]
    [TestCase("public abstract class C { protected abstract string? X(string? a, int b = 3, params int[] c); }", "protected abstract string? X(string? a, int b = 3, params int[] c);")]
    [TestCase("public static class C { public static void X<T>(this T self) where T : class, new() { } }", "public static void X<T>(this T self) where T : class, new();")]
    [TestCase("public class C { public required string X { get; init; } }", "public required string X { get; init; }")]
    [TestCase("public class C { public int X { get; protected set; } }", "public int X { get; protected set; }")]
    [TestCase("public class C { public int this[int index] => 1; }", "public int this[int index] { get; }")]
    [TestCase("public class C { public const long X = 64; }", "public const long X = 64;")]
    [TestCase("public class C { public event System.EventHandler? X; }", "public event EventHandler? X;")]
    [TestCase("public readonly ref struct C { public ref readonly int X(in int a) => ref a; }", "public readonly ref struct C")]
    [TestCase("public sealed record C(int X);", "public sealed record class C")]
    [TestCase("public readonly record struct C(int X);", "public readonly record struct C")]
    [TestCase("public sealed record C(int X);", "public int X { get; init; }")]
    [TestCase("public enum C : byte { A = 4 }", "A = 4,")]
    [TestCase("public enum C : byte { A = 4 }", "public enum C : byte")]
    [TestCase("public class C { [System.Obsolete(\"Use Y.\")] public void X() { } }", "[Obsolete(\"Use Y.\")]")]
    [TestCase(
        "public class C { public static bool X([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? a) => a is null; }",
        "public static bool X([NotNullWhen(true)] string? a);")]
    [TestCase("public interface I<in T> : System.IDisposable { }", "public interface I<in T> : IDisposable")]
    [TestCase("public delegate int D(string? a);", "public delegate int D(string? a);")]
    [TestCase("public class A { protected class B { public int X; } }", "protected class B")]
    public void A_declaration_is_shown_as_it_is_written(string source, string expected) =>
        Assert.That(Render(source).Split('\n').Select(line => line.Trim()), Does.Contain(expected));

    [TestCase("public class C { internal int X; private protected int Y; private int Z; }", "internal")]
    [TestCase("public sealed record C(int X);", "Equals|GetHashCode|ToString|Clone|EqualityContract|op_")]
    [TestCase("public record struct C(int X);", "Equals|GetHashCode|ToString|op_")]
    [TestCase("public class C { public async System.Threading.Tasks.Task X() => await System.Threading.Tasks.Task.Yield(); }", "StateMachine|async")]
    [TestCase("internal class C { public int X; }", "C|X")]
    public void What_is_nobodys_business_is_not_shown(string source, string pattern) => Assert.That(Render(source), Does.Not.Match(pattern));

    [Test]
    public void The_order_of_the_source_makes_no_difference() =>
        Assert.That(
            Render("public class B { public int Y; public int X; } public class A;"),
            Is.EqualTo(Render("public class A; public class B { public int X; public int Y; }")));

    private static string Render(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Rendered",
            [CSharpSyntaxTree.ParseText("namespace N; " + source)],
            PlatformReferences.Console,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        Assert.That(compilation.Emit(image).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error), Is.Empty);
        MetadataReference built = MetadataReference.CreateFromImage(image.ToArray());
        var reader = CSharpCompilation.Create("Reader", references: [.. PlatformReferences.Console, built]);
        return PublicApiText.Of((IAssemblySymbol)reader.GetAssemblyOrModuleSymbol(built)!);
    }
}
