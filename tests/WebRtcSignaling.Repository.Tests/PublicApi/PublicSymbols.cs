using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WebRtcSignaling.Repository.Tests.PublicApi;

/// <summary>What others can reach in a built library: its public types, and their public and protected members that somebody wrote.</summary>
internal static class PublicSymbols
{
    public static IAssemblySymbol Load(string library)
    {
        MetadataReference reference = PlatformReferences.FromLibrary(library);
        var compilation = CSharpCompilation.Create("Reader", references: [.. PlatformReferences.Web.Where(other => other.Display != reference.Display), reference]);
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
    }

    /// <summary>The types that stand in namespaces, by namespace.</summary>
    public static IEnumerable<INamedTypeSymbol> TypesOf(IAssemblySymbol assembly) =>
        NamespacesOf(assembly.GlobalNamespace)
            .OrderBy(space => space.ToDisplayString(), StringComparer.Ordinal)
            .SelectMany(space => space.GetTypeMembers().Where(IsVisible).OrderBy(type => type.MetadataName, StringComparer.Ordinal));

    /// <summary>Members, nested types among them. What the compiler adds to every record is left out; accessors stand with their property.</summary>
    public static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) =>
        type.GetMembers().Where(member => IsVisible(member) && !IsAddedByCompiler(member) && member is not IMethodSymbol { AssociatedSymbol: not null });

    /// <summary>These types and the types nested in them.</summary>
    public static IEnumerable<INamedTypeSymbol> WithNested(IEnumerable<INamedTypeSymbol> types) =>
        types.SelectMany(type => WithNested(MembersOf(type).OfType<INamedTypeSymbol>()).Prepend(type));

    /// <summary>Records of structs are recognized by the method that prints their members: nothing else marks them in an assembly.</summary>
    public static bool IsRecord(INamedTypeSymbol type) =>
        type.IsRecord || (type.IsValueType && type.GetMembers("op_Equality").Any(IsMarkedGenerated));

    private static IEnumerable<INamespaceSymbol> NamespacesOf(INamespaceSymbol space) =>
        space.GetNamespaceMembers().SelectMany(NamespacesOf).Prepend(space);

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private static bool IsAddedByCompiler(ISymbol member) => member switch
    {
        IMethodSymbol { Name: "Deconstruct" } => false,
        IMethodSymbol { MethodKind: MethodKind.Destructor } => true,
        IFieldSymbol { Name: "value__" } => true,
        IPropertySymbol { Name: "EqualityContract" } property => IsMarkedGenerated(property.GetMethod!),
        _ => member.IsImplicitlyDeclared || (!member.CanBeReferencedByName && member.Name == "<Clone>$") || IsMarkedGenerated(member),
    };

    private static bool IsMarkedGenerated(ISymbol symbol) =>
        symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute");
}
