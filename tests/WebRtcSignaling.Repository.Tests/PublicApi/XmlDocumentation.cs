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
    public IEnumerable<string> MissingIn(INamedTypeSymbol type)
    {
        string[] parameters = RecordParametersOf(type);
        IEnumerable<string> symbols = PublicSymbols.MembersOf(type)
            .Where(member => member is not INamedTypeSymbol && !SaysNothingMore(member) && !IsMadeOf(parameters, member))
            .Prepend(type)
            .Select(symbol => symbol.GetDocumentationCommentId()!)
            .Where(id => !Describes(id));
        return symbols.Concat(parameters.Where(parameter => !DescribesParameter(type, parameter)).Select(parameter => $"{type.GetDocumentationCommentId()}, parameter {parameter}"));
    }

    /// <summary>A record's parameters are described with the record; its constructor, deconstruction and properties are made of them.</summary>
    private static string[] RecordParametersOf(INamedTypeSymbol type)
    {
        IMethodSymbol? deconstruct = PublicSymbols.IsRecord(type) ? type.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault() : null;
        return deconstruct is null ? [] : [.. deconstruct.Parameters.Select(parameter => parameter.Name)];
    }

    private static bool IsMadeOf(string[] parameters, ISymbol member) => parameters.Length > 0 && member switch
    {
        IPropertySymbol property => parameters.Contains(property.Name),
        IMethodSymbol { Name: ".ctor" or "Deconstruct" } method => method.Parameters.Select(parameter => parameter.Name).SequenceEqual(parameters),
        _ => false,
    };

    /// <summary>A constructor without parameters is nearly always the one that the compiler adds.</summary>
    private static bool SaysNothingMore(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true };

    private bool Describes(string id) =>
        _members.TryGetValue(id, out XElement? member)
        && member.Elements().Any(element => element.Name.LocalName == "inheritdoc" || (element.Name.LocalName == "summary" && SaysSomething(element)));

    private bool DescribesParameter(INamedTypeSymbol type, string parameter) =>
        _members.TryGetValue(type.GetDocumentationCommentId()!, out XElement? member)
        && member.Elements("param").Any(element => element.Attribute("name")?.Value == parameter && SaysSomething(element));

    private static bool SaysSomething(XElement element) => element.HasElements || !string.IsNullOrWhiteSpace(element.Value);
}
