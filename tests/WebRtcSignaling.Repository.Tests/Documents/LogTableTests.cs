using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>The table of the log in docs/architecture.md has every message of the code as it is, and every category.</summary>
public sealed partial class LogTableTests
{
    private const BindingFlags Methods = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly List<(string Category, string EventId, string Level, string Message)> _rows = [.. ReadRows()];

    [Test]
    public void The_document_and_the_code_have_the_same_messages_ids_and_levels() =>
        Assert.That(_rows.Select(row => $"{row.EventId} {row.Level}: {row.Message}").Distinct(), Is.EquivalentTo(ReadMessages().Distinct()));

    [Test]
    public void The_document_and_the_code_have_the_same_categories() =>
        Assert.That(_rows.Select(row => row.Category).Distinct(), Is.EquivalentTo(ReadCategories().Distinct()));

    private static IEnumerable<string> ReadMessages() =>
        from library in Libraries.Names
        from type in Assembly.LoadFrom(Libraries.AssemblyPath(library)).GetTypes()
        from method in type.GetMethods(Methods)
        let log = method.GetCustomAttribute<LoggerMessageAttribute>()
        where log is not null
        select $"{log.EventId} {log.Level}: {log.Message}";

    /// <summary>Those that loggers are made with by name, and the types that loggers are injected for.</summary>
    private static IEnumerable<string> ReadCategories() =>
        from path in RepositoryFiles.CSharpIn("src")
        from Match match in CategoryPattern().Matches(Repository.Read(path))
        select match.Groups["name"] is { Success: true } name ? name.Value : FindType(match.Groups["type"].Value).FullName!;

    private static Type FindType(string name) =>
        Libraries.Names.SelectMany(library => Assembly.LoadFrom(Libraries.AssemblyPath(library)).GetTypes()).Single(type => type.Name == name);

    /// <summary>A cell that is empty means the category above it.</summary>
    private static IEnumerable<(string Category, string EventId, string Level, string Message)> ReadRows()
    {
        string category = "";
        foreach (Match row in RowPattern().Matches(Repository.Read("docs/architecture.md").Split("\n## Log\n")[1]))
        {
            category = row.Groups["category"].Value is { Length: > 0 } other ? other : category;
            yield return (category, row.Groups["id"].Value, row.Groups["level"].Value, row.Groups["message"].Value);
        }
    }

    [GeneratedRegex("""CreateLogger\("(?<name>[\w.]+)"\)|(?<!Null)Logger<(?<type>\w+)>""")]
    private static partial Regex CategoryPattern();

    [GeneratedRegex(@"^\| (?:`(?<category>[\w.]+)`)? ?\| (?<id>\d+) \| (?<level>\w+) \| (?<message>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
