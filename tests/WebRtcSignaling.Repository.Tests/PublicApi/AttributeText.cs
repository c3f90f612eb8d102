using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WebRtcSignaling.Repository.Tests.PublicApi;

/// <summary>The attributes that are a promise to callers; those by which the compiler and debuggers talk to themselves are left out.</summary>
internal static class AttributeText
{
    private static readonly string[] _promisesOfTheCompiler =
        ["CallerArgumentExpressionAttribute", "CallerFilePathAttribute", "CallerLineNumberAttribute", "CallerMemberNameAttribute", "OverloadResolutionPriorityAttribute"];

    public static IEnumerable<string> Of(ImmutableArray<AttributeData> attributes) =>
        attributes.Where(Matters).Select(Render).Order(StringComparer.Ordinal);

    private static bool Matters(AttributeData attribute)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        return type.ContainingNamespace.ToDisplayString() switch
        {
            "System.Runtime.CompilerServices" => _promisesOfTheCompiler.Contains(type.Name),
            "System.Reflection" or "System.Diagnostics" => false,
            _ => true,
        };
    }

    private static string Render(AttributeData attribute)
    {
        const string Suffix = nameof(Attribute);
        string name = attribute.AttributeClass!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        string[] arguments =
        [
            .. attribute.ConstructorArguments.Select(argument => argument.ToCSharpText()),
            .. attribute.NamedArguments.Select(argument => $"{argument.Key} = {argument.Value.ToCSharpText()}"),
        ];
        string shortName = name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
        return arguments.Length == 0 ? $"[{shortName}]" : $"[{shortName}({string.Join(", ", arguments)})]";
    }

    private static string ToCSharpText(this TypedConstant constant) => Microsoft.CodeAnalysis.CSharp.TypedConstantExtensions.ToCSharpString(constant);
}
