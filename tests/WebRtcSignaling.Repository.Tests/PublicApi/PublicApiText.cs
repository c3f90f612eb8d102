using System.Text;
using Microsoft.CodeAnalysis;

namespace WebRtcSignaling.Repository.Tests.PublicApi;

/// <summary>A library's public API as text that looks like C#: one member a line, in an order that does not depend on that of the source.</summary>
internal sealed class PublicApiText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public static string Of(IAssemblySymbol assembly)
    {
        var text = new PublicApiText();
        foreach (IGrouping<string, INamedTypeSymbol> space in PublicSymbols.TypesOf(assembly).GroupBy(type => type.ContainingNamespace.ToDisplayString()))
        {
            text.Line($"namespace {space.Key}");
            text.Block(() => text.Types(space));
        }

        return text._text.ToString();
    }

    private static int OrderOf(ISymbol member) => member switch
    {
        IFieldSymbol => 0,
        IMethodSymbol { MethodKind: MethodKind.Constructor } => 1,
        IEventSymbol => 2,
        IPropertySymbol => 3,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } => 4,
        IMethodSymbol => 5,
        _ => 6,
    };

    private void Types(IEnumerable<INamedTypeSymbol> types)
    {
        foreach (INamedTypeSymbol type in types)
        {
            Attributes(type);
            if (type.TypeKind == TypeKind.Delegate)
            {
                Line(SymbolText.DelegateOf(type));
                continue;
            }

            Line(SymbolText.HeaderOf(type));
            Block(() => Members(type));
        }
    }

    private void Members(INamedTypeSymbol type)
    {
        ISymbol[] members = [.. PublicSymbols.MembersOf(type)];
        if (type.TypeKind == TypeKind.Enum)
        {
            foreach (IFieldSymbol value in members.OfType<IFieldSymbol>().OrderBy(value => Convert.ToInt64(value.ConstantValue, null)))
            {
                Attributes(value);
                Line($"{value.Name} = {value.ConstantValue},");
            }

            return;
        }

        foreach (ISymbol member in members.Where(member => member is not INamedTypeSymbol)
            .OrderBy(OrderOf)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(SymbolText.MemberOf, StringComparer.Ordinal))
        {
            Attributes(member);
            Line(SymbolText.MemberOf(member));
        }

        Types(members.OfType<INamedTypeSymbol>().OrderBy(nested => nested.MetadataName, StringComparer.Ordinal));
    }

    private void Attributes(ISymbol symbol)
    {
        foreach (string attribute in AttributeText.Of(symbol.GetAttributes()))
        {
            Line(attribute);
        }

        if (symbol is IMethodSymbol method)
        {
            foreach (string attribute in AttributeText.Of(method.GetReturnTypeAttributes()))
            {
                Line(attribute.Replace("[", "[return: ", StringComparison.Ordinal));
            }
        }
    }

    private void Block(Action write)
    {
        Line("{");
        _depth++;
        write();
        _depth--;
        Line("}");
    }

    private void Line(string line) => _text.Append(' ', 4 * _depth).Append(line).Append('\n');
}
