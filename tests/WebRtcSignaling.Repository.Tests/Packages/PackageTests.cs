using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace WebRtcSignaling.Repository.Tests.Packages;

/// <summary>What is published: each package is complete, depends on exactly what it may, and works in a program that has nothing else of ours.</summary>
[NonParallelizable]
public sealed class PackageTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromMinutes(5);

    /// <summary>Pipelines are part of .NET 10 itself, so WebSockets depends on Core alone.</summary>
    private static readonly Dictionary<string, string[]> _dependencies = new(StringComparer.Ordinal)
    {
        ["WebRtcSignaling.Core"] = ["Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"],
        ["WebRtcSignaling.WebSockets"] = ["WebRtcSignaling.Core"],
        ["WebRtcSignaling.AspNetCore"] = ["WebRtcSignaling.WebSockets"],
        ["WebRtcSignaling.Compatibility"] = ["WebRtcSignaling.AspNetCore"],
    };

    private PackedPackages _packages = null!;

    private static IEnumerable<string> LibraryNames => Libraries.Names;

    [OneTimeSetUp]
    public async Task PackAsync() => _packages = await PackedPackages.PackAsync(_bound);

    [OneTimeTearDown]
    public void Remove() => _packages?.Dispose();

    [Test]
    public void Every_library_is_packed_and_nothing_else() =>
        Assert.That(
            Directory.EnumerateFiles(_packages.PackageFolder).Select(Path.GetFileName),
            Is.EquivalentTo(Libraries.Names.SelectMany(name => new[] { $"{name}.{PackedPackages.Version}.nupkg", $"{name}.{PackedPackages.Version}.snupkg" })));

    [TestCaseSource(nameof(LibraryNames))]
    public void A_package_has_the_library_its_documentation_and_a_readme(string library) =>
        Assert.That(
            _packages.Open(library).Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal) || file.EndsWith(".md", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { $"lib/net10.0/{library}.dll", $"lib/net10.0/{library}.xml", "README.md" }));

    [TestCaseSource(nameof(LibraryNames))]
    public void A_package_says_what_it_is(string library)
    {
        PackageFile package = _packages.Open(library);
        Assert.Multiple(() =>
        {
            Assert.That(package["id"], Is.EqualTo(library));
            Assert.That(package["version"], Is.EqualTo(PackedPackages.Version));
            Assert.That(package["license"], Is.EqualTo("MIT"));
            Assert.That(package["readme"], Is.EqualTo("README.md"));
            Assert.That(package["description"], Has.Length.GreaterThan(40).And.Contains("WebRtc").IgnoreCase);
            Assert.That(package["tags"].Split(' '), Is.SupersetOf(new[] { "webrtc", "signaling", "websocket" }));
            Assert.That(package["authors"], Is.Not.Empty);
        });
    }

    [TestCaseSource(nameof(LibraryNames))]
    public void A_package_depends_on_what_it_may_and_nothing_else(string library) =>
        Assert.That(_packages.Open(library).Dependencies, Is.EquivalentTo(_dependencies[library].Select(name => "net10.0: " + name)));

    [TestCaseSource(nameof(LibraryNames))]
    public void Only_AspNetCore_and_what_builds_on_it_need_the_shared_framework(string library) =>
        Assert.That(
            _packages.Open(library).FrameworkReferences,
            Is.EqualTo(library is "WebRtcSignaling.AspNetCore" or "WebRtcSignaling.Compatibility" ? new[] { "net10.0: Microsoft.AspNetCore.App" } : []));

    [TestCaseSource(nameof(LibraryNames))]
    public void The_symbols_are_packed(string library) =>
        Assert.That(_packages.Open(library, "snupkg").Files, Has.Some.EqualTo($"lib/net10.0/{library}.pdb"));

    [TestCaseSource(nameof(LibraryNames))]
    public void The_documentation_in_the_package_is_the_librarys(string library)
    {
        using var file = new MemoryStream(_packages.Open(library).Read($"lib/net10.0/{library}.xml"));
        XDocument documentation = XDocument.Load(file);
        Assert.That(documentation.Root!.Element("assembly")!.Element("name")!.Value, Is.EqualTo(library));
        Assert.That(documentation.Descendants("summary"), Is.Not.Empty);
    }

    [TestCaseSource(nameof(LibraryNames))]
    public void Nothing_in_a_package_tells_where_the_source_was(string library)
    {
        byte[] assembly = _packages.Open(library).Read($"lib/net10.0/{library}.dll");
        string[] sources = SourcesIn(_packages.Open(library, "snupkg").Read($"lib/net10.0/{library}.pdb"));
        Assert.Multiple(() =>
        {
            Assert.That(assembly.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root)), Is.EqualTo(-1));
            Assert.That(sources, Has.Some.StartsWith($"/_/src/{library}/"));
            Assert.That(sources, Has.None.StartsWith(Repository.Root));
        });
    }

    [Test]
    public async Task The_readmes_first_program_runs_with_the_packages_alone()
    {
        await using PackageConsumer consumer = await PackageConsumer.BuildAsync(_packages, ReadmeProgram.Text, _bound);
        await consumer.StartAsync(_bound);
        Assert.That(await consumer.ConnectAsync(ReadmeProgram.Path, _bound), Does.StartWith("{\"type\":\"welcome\""));
    }

    private static string[] SourcesIn(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbImage([.. symbols]);
        MetadataReader reader = provider.GetMetadataReader();
        return [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
    }
}
