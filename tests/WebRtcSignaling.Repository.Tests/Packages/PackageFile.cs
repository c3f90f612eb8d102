using System.IO.Compression;
using System.Xml.Linq;

namespace WebRtcSignaling.Repository.Tests.Packages;

/// <summary>A .nupkg or .snupkg: the names of its files, and its specification.</summary>
internal sealed class PackageFile
{
    private readonly string _path;
    private readonly XElement _specification;

    private PackageFile(string path, IReadOnlyList<string> files, XElement specification) => (_path, Files, _specification) = (path, files, specification);

    public IReadOnlyList<string> Files { get; }

    /// <summary>Each dependency as <c>framework: package</c>.</summary>
    public IEnumerable<string> Dependencies => NamesIn("dependencies", "dependency", "id");

    /// <summary>Each shared framework as <c>framework: name</c>.</summary>
    public IEnumerable<string> FrameworkReferences => NamesIn("frameworkReferences", "frameworkReference", "name");

    public static PackageFile Open(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        using Stream specification = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        XElement metadata = XDocument.Load(specification).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        return new PackageFile(path, [.. archive.Entries.Select(entry => entry.FullName)], metadata);
    }

    /// <summary>The value of an element of the specification; empty if it is not there.</summary>
    public string this[string name] => _specification.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

    public byte[] Read(string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(_path);
        using Stream content = archive.GetEntry(file)!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private IEnumerable<string> NamesIn(string list, string item, string attribute) =>
        _specification.Elements().Where(element => element.Name.LocalName == list)
            .Elements().Where(group => group.Name.LocalName == "group")
            .SelectMany(group => group.Elements()
                .Where(element => element.Name.LocalName == item)
                .Select(element => $"{group.Attribute("targetFramework")?.Value}: {element.Attribute(attribute)!.Value}"));
}
