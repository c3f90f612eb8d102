using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;

namespace WebRtcSignaling.Repository.Tests;

/// <summary>What a program compiles against: the framework that these tests run on, and the libraries.</summary>
internal static class PlatformReferences
{
    private static readonly string[] _coreDependencies =
        ["Microsoft.Extensions.DependencyInjection.Abstractions.dll", "Microsoft.Extensions.Logging.Abstractions.dll"];

    /// <summary>A program without ASP.NET Core, which references WebRtcSignaling.WebSockets.</summary>
    public static IReadOnlyList<MetadataReference> Console { get; } =
    [
        .. FromFolderOf(typeof(object)),
        .. FromFolderOf(typeof(WebApplication)).Where(reference => _coreDependencies.Contains(Path.GetFileName(reference.FilePath))),
        .. Libraries.Names.Where(name => name is "WebRtcSignaling.Core" or "WebRtcSignaling.WebSockets").Select(FromLibrary),
    ];

    /// <summary>A program of ASP.NET Core, which references every library.</summary>
    public static IReadOnlyList<MetadataReference> Web { get; } =
        [.. FromFolderOf(typeof(object)), .. FromFolderOf(typeof(WebApplication)), .. Libraries.Names.Select(FromLibrary)];

    public static MetadataReference FromLibrary(string library) => MetadataReference.CreateFromFile(Libraries.AssemblyPath(library));

    private static IEnumerable<PortableExecutableReference> FromFolderOf(Type type)
    {
        string folder = Path.GetDirectoryName(type.Assembly.Location)!;
        var assemblies = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return assemblies.Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == folder)
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
