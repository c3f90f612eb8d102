using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace WebRtcSignaling.Repository.Tests.PublicApi;

/// <summary>A library's documentation file, as its package carries it.</summary>
internal sealed class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocumentation(Dictionary<string, XElement> members) => _members = members;

    public static XmlDocumentation Load(string path) => Parse(File.ReadAllText(path));

    public static XmlDocumentation Parse(string xml) =>
        new(XDocument.Parse(xml).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal));

    /// <summary>The type itself and its members about which nothing is said.</summary>
    public IEnumerable<string> MissingIn(INamedTypeSymbol type) =>
        PublicSymbols.MembersOf(type).Where(member => member is not INamedTypeSymbol).Prepend(type)
            .Where(symbol => !Describes(symbol) && !IsDescribedByType(symbol))
            .Select(symbol => symbol.GetDocumentationCommentId()!);

    private bool Describes(ISymbol symbol) =>
        _members.TryGetValue(symbol.GetDocumentationCommentId()!, out XElement? member)
        && member.Elements().Any(element => element.Name.LocalName == "inheritdoc" || (element.Name.LocalName == "summary" && !string.IsNullOrWhiteSpace(element.Value + element.FirstNode)));

    /// <summary>
    /// A record's parameters are described with the record, and stand for its properties, its constructor and its deconstruction; a constructor without
    /// parameters says nothing that its type does not.
    /// </summary>
    private bool IsDescribedByType(ISymbol symbol)
    {
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true })
        {
            return true;
        }

        if (symbol.ContainingType is not { } type || !PublicSymbols.IsRecord(type) || !_members.TryGetValue(type.GetDocumentationCommentId()!, out XElement? member))
        {
            return false;
        }

        HashSet<string> described = [.. member.Elements("param").Where(one => !string.IsNullOrWhiteSpace(one.Value)).Select(one => one.Attribute("name")!.Value)];
        return symbol switch
        {
            IPropertySymbol property => described.Contains(property.Name),
            IMethodSymbol { Name: ".ctor" or "Deconstruct" } method => method.Parameters.All(parameter => described.Contains(parameter.Name)),
            _ => false,
        };
    }
}
