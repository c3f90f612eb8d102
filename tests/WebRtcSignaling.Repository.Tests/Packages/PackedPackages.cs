using System.Text.Json;
using System.Xml.Linq;

namespace WebRtcSignaling.Repository.Tests.Packages;

/// <summary>
/// Packs every library as a release does, into a folder of its own, so that neither the build that runs these tests nor anybody's package cache is touched.
/// </summary>
internal sealed class PackedPackages : IDisposable
{
    /// <summary>No release ends so: what is packed here cannot be mistaken for one that is in a cache.</summary>
    private const string Suffix = "packed";

    private PackedPackages(string folder) => Folder = folder;

    /// <summary>A folder for this run, outside the repository.</summary>
    public string Folder { get; }

    public string PackageFolder => Path.Combine(Folder, "packages");

    public static string Version { get; } = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("VersionPrefix").Single().Value + "-" + Suffix;

    public static async Task<PackedPackages> PackAsync(TimeSpan bound)
    {
        var packages = new PackedPackages(Directory.CreateTempSubdirectory("webrtc-signaling-packages-").FullName);
        try
        {
            string filter = Path.Combine(packages.Folder, "Libraries.slnf");
            await File.WriteAllTextAsync(filter, DescribeSolution());
            await DotNet.RunAsync(
                Repository.Root,
                bound,
                null,
                "pack", filter, "-c", "Release", "-o", packages.PackageFolder, "--disable-build-servers", "-v", "quiet",
                $"-p:ArtifactsPath={Path.Combine(packages.Folder, "artifacts")}", $"-p:VersionSuffix={Suffix}", "-p:ContinuousIntegrationBuild=true");
            return packages;
        }
        catch
        {
            packages.Dispose();
            throw;
        }
    }

    public PackageFile Open(string library, string extension = "nupkg") => PackageFile.Open(Path.Combine(PackageFolder, $"{library}.{Version}.{extension}"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string DescribeSolution() => JsonSerializer.Serialize(new
    {
        solution = new
        {
            path = Path.Combine(Repository.Root, "WebRtcSignaling.sln"),
            projects = RepositoryFiles.Projects.Where(path => path.StartsWith("src/", StringComparison.Ordinal)).Select(path => path.Replace('/', '\\')),
        },
    });
}
