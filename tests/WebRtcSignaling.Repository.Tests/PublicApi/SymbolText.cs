using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WebRtcSignaling.Repository.Tests.PublicApi;

/// <summary>One declaration as C# writes it, with nullability, modifiers, default values and the attributes of parameters.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat _name = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeMemberKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    private static readonly SymbolDisplayFormat _nameWithConstraints = _name.AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints);
    private static readonly SymbolDisplayFormat _nameWithParameters = _name.AddMemberOptions(SymbolDisplayMemberOptions.IncludeParameters);

    public static string MemberOf(ISymbol member) => member switch
    {
        IMethodSymbol method => $"{method.ToDisplayString(_name)}({ParametersOf(method.Parameters)}){ConstraintsOf(method)};",
        IPropertySymbol property => property.ToDisplayString(_nameWithParameters),
        _ => $"{member.ToDisplayString(_name)};",
    };

    public static string DelegateOf(INamedTypeSymbol type)
    {
        IMethodSymbol invoke = type.DelegateInvokeMethod!;
        string result = invoke.ReturnType.ToDisplayString(_name);
        return $"{AccessOf(type)} delegate {result} {type.ToDisplayString(NestedName)}({ParametersOf(invoke.Parameters)}){ConstraintsOf(type)};";
    }

    public static string HeaderOf(INamedTypeSymbol type)
    {
        string[] bases = [.. BasesOf(type)];
        string from = bases.Length == 0 ? "" : " : " + string.Join(", ", bases);
        return $"{AccessOf(type)} {ModifiersOf(type)}{KindOf(type)} {type.ToDisplayString(NestedName)}{from}{ConstraintsOf(type)}";
    }

    /// <summary>A nested type stands inside its container already.</summary>
    private static SymbolDisplayFormat NestedName { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly, genericsOptions: _name.GenericsOptions, miscellaneousOptions: _name.MiscellaneousOptions);

    private static string ConstraintsOf(ISymbol symbol) => symbol.ToDisplayString(_nameWithConstraints)[symbol.ToDisplayString(_name).Length..];

    private static string ParametersOf(ImmutableArray<IParameterSymbol> parameters) => string.Join(", ", parameters.Select(parameter =>
    {
        string[] attributes = [.. AttributeText.Of(parameter.GetAttributes())];
        return string.Join(" ", [.. attributes, parameter.ToDisplayString(_name)]);
    }));

    private static string AccessOf(INamedTypeSymbol type) => type.DeclaredAccessibility switch
    {
        Accessibility.Public => "public",
        Accessibility.Protected => "protected",
        _ => "protected internal",
    };

    private static string ModifiersOf(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct } => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : ""),
        { TypeKind: not TypeKind.Class } => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string KindOf(INamedTypeSymbol type)
    {
        string kind = type.TypeKind switch
        {
            TypeKind.Struct => "struct",
            TypeKind.Interface => "interface",
            TypeKind.Enum => "enum",
            _ => "class",
        };
        return PublicSymbols.IsRecord(type) ? $"record {kind}" : kind;
    }

    private static IEnumerable<string> BasesOf(INamedTypeSymbol type)
    {
        if (type.EnumUnderlyingType is { } number)
        {
            return number.SpecialType == SpecialType.System_Int32 ? [] : [number.ToDisplayString(_name)];
        }

        INamedTypeSymbol? from = type.BaseType is { SpecialType: SpecialType.None } other ? other : null;
        IEnumerable<INamedTypeSymbol> own = type.Interfaces.Where(candidate =>
            candidate.DeclaredAccessibility == Accessibility.Public
            && from?.AllInterfaces.Contains(candidate, SymbolEqualityComparer.Default) != true
            && !type.Interfaces.Any(wider => wider.AllInterfaces.Contains(candidate, SymbolEqualityComparer.Default))
            && !(PublicSymbols.IsRecord(type) && candidate is { Name: "IEquatable" }));
        IEnumerable<string> names = own.Select(one => one.ToDisplayString(_name)).Order(StringComparer.Ordinal);
        return from is null ? names : names.Prepend(from.ToDisplayString(_name));
    }
}
