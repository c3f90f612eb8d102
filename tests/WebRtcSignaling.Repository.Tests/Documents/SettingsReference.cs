using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>A table of all settings of an options class: their names in the configuration, their defaults, and what their documentation says.</summary>
internal sealed partial class SettingsReference
{
    private readonly Dictionary<string, XElement> _documentation = Libraries.Names
        .SelectMany(library => XDocument.Load(Libraries.DocumentationPath(library)).Descendants("member"))
        .Where(static member => member.Attribute("name")!.Value.StartsWith($"P:{nameof(WebRtcSignaling)}.", StringComparison.Ordinal))
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    private readonly HashSet<string> _classes = new(StringComparer.Ordinal);

    /// <summary>The classes whose settings were listed.</summary>
    public IReadOnlySet<string> Classes => _classes;

    /// <param name="options">Settings as they are by default.</param>
    /// <param name="path">Before each name; empty for settings that code alone can give.</param>
    public string Table(object options, string path)
    {
        var text = new StringBuilder("| setting | default | meaning |\n|---|---|---|\n");
        foreach ((string name, PropertyInfo property, object? value) in Leaves(options, path))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {Default(value)} | {Meaning(property)} |\n");
        }

        return text.ToString();
    }

    /// <summary>The settings of a part lie below it; those that a dictionary or a list may hold, below a name or number that stands for all.</summary>
    private IEnumerable<(string Name, PropertyInfo Property, object? Value)> Leaves(object options, string path)
    {
        _classes.Add(options.GetType().Name);
        foreach (PropertyInfo property in options.GetType().GetProperties().Where(static property => property.GetIndexParameters().Length == 0))
        {
            string name = path + property.Name;
            object? value = property.GetValue(options);
            (object? part, string below) = value switch
            {
                IDictionary<string, Applications.ApplicationOptions> => (new Applications.ApplicationOptions(), $"{name}:{{name}}:"),
                IList<Ice.IceServerOptions> => (new Ice.IceServerOptions(), $"{name}:0:"),
                _ => (value, name + ":"),
            };
            bool isPart = part?.GetType() is { IsClass: true } type && type.Namespace!.StartsWith(nameof(WebRtcSignaling), StringComparison.Ordinal)
                && type.GetProperties().Any(static property => property.CanWrite);
            IEnumerable<(string, PropertyInfo, object?)> leaves = isPart ? Leaves(part!, below) : [(name, property, value)];
            foreach ((string, PropertyInfo, object?) leaf in leaves)
            {
                yield return leaf;
            }
        }
    }

    private static string Default(object? value) => value switch
    {
        null => "–",
        string { Length: 0 } => "empty",
        bool isSo => isSo ? "`true`" : "`false`",
        string text => $"`{text}`",
        IEnumerable many => string.Join(", ", many.Cast<object>().Select(Default)) is { Length: > 0 } list ? list : "–",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private string Meaning(PropertyInfo property)
    {
        XElement member = _documentation[$"P:{property.DeclaringType!.FullName}.{property.Name}"];
        string text = Spaces().Replace(string.Concat(member.Element("summary")!.Nodes().Select(Inline)), " ").Trim();
        return text.Replace("|", @"\|", StringComparison.Ordinal);
    }

    private static string Inline(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when (element.Attribute("cref") ?? element.Attribute("langword")) is { } target => $"`{NameOf(target.Value)}`",
        XElement element => string.Concat(element.Nodes().Select(Inline)),
        _ => "",
    };

    /// <summary>The last part of what a reference names; for a setting of another class, that class before it.</summary>
    private static string NameOf(string reference)
    {
        string[] parts = reference.Split('(')[0].Split('.');
        return reference.StartsWith("T:", StringComparison.Ordinal) || parts.Length < 2 ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
