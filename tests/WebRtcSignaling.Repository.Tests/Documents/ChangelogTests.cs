using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WebRtcSignaling.Repository.Tests.Documents;

public sealed partial class ChangelogTests
{
    [Test]
    public void The_version_that_is_built_has_an_entry_that_says_something()
    {
        string version = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        Assert.That(EntryOf(version, Repository.Read("CHANGELOG.md")), Is.Not.Null.And.Not.Empty, $"CHANGELOG.md, ## {version}");
    }

    [TestCase("# Changelog\n\n## 1.2.0\n- New.\n\n## 1.1.0\n- Old.\n", "- New.")]
    [TestCase("## [1.2.0] - 2026-01-01\n- New.\n", "- New.")]
    [TestCase("## 1.2.0\n\n## 1.1.0\n- Old.\n", "")]
    [TestCase("## 1.1.0\n- Old: not 1.2.0.\n", null)]
    [TestCase("## 1.2.01\n- Other.\n", null)]
    public void An_entry_stands_under_the_heading_of_its_version(string changelog, string? expected) =>
        Assert.That(EntryOf("1.2.0", changelog), Is.EqualTo(expected));

    private static string? EntryOf(string version, string changelog) =>
        EntryPattern().Matches(changelog).FirstOrDefault(entry => entry.Groups["version"].Value == version)?.Groups["text"].Value.Trim();

    [GeneratedRegex(@"^## \[?(?<version>[\w.+-]+?)\]?(?: [^\n]*)?\n(?<text>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex EntryPattern();
}
