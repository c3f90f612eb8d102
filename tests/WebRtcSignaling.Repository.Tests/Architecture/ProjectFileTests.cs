using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WebRtcSignaling.Repository.Tests.Architecture;

/// <summary>A project file only says what kind of project it is; what holds for all stands once, in Directory.Build.props and Directory.Packages.props.</summary>
public sealed partial class ProjectFileTests
{
    private static IEnumerable<string> ProjectPaths => RepositoryFiles.Projects;

    [Test]
    public void The_solution_has_every_project()
    {
        IEnumerable<string> listed = ProjectLinePattern().Matches(Repository.Read("WebRtcSignaling.sln")).Select(match => match.Groups["path"].Value.Replace('\\', '/'));
        Assert.That(listed, Is.EquivalentTo(RepositoryFiles.Projects));
    }

    [TestCaseSource(nameof(ProjectPaths))]
    public void A_project_repeats_no_property_that_stands_above_it(string project)
    {
        HashSet<string> above = [.. PropsAbove(project).SelectMany(PropertiesOf)];
        above.Remove("NoWarn");
        Assert.That(PropertiesOf(project).Where(above.Contains), Is.Empty);
    }

    [TestCaseSource(nameof(ProjectPaths))]
    public void A_project_names_no_versions(string project) =>
        Assert.That(
            XDocument.Parse(Repository.Read(project)).Descendants().Where(element => element.Attribute("Version") is not null || element.Attribute("VersionOverride") is not null),
            Is.Empty);

    [Test]
    public void Every_version_of_a_package_is_needed()
    {
        IEnumerable<string> used = RepositoryFiles.All
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) || path.EndsWith(".props", StringComparison.Ordinal))
            .SelectMany(path => XDocument.Parse(Repository.Read(path)).Descendants("PackageReference"))
            .Select(reference => reference.Attribute("Include")!.Value);
        IEnumerable<string> versions = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").Select(version => version.Attribute("Include")!.Value);
        Assert.That(versions.Except(used), Is.Empty);
    }

    [Test]
    public void What_stands_above_a_project_is_found() =>
        Assert.That(
            PropsAbove("src/WebRtcSignaling.Core/WebRtcSignaling.Core.csproj").SelectMany(PropertiesOf),
            Is.SupersetOf(new[] { "TargetFramework", "IsPackable", "IsAotCompatible" }));

    private static IEnumerable<string> PropertiesOf(string path) =>
        XDocument.Parse(Repository.Read(path)).Descendants("PropertyGroup").Elements().Select(property => property.Name.LocalName);

    private static IEnumerable<string> PropsAbove(string project)
    {
        for (string? folder = Path.GetDirectoryName(project); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string props = Path.Combine(folder, "Directory.Build.props").Replace('\\', '/');
            if (RepositoryFiles.Exists(props))
            {
                yield return props;
            }
        }
    }

    [GeneratedRegex("""^Project\(.*?\) = "[^"]*", "(?<path>[^"]+\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex ProjectLinePattern();
}
