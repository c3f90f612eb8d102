namespace WebRtcSignaling.Repository.Tests;

/// <summary>The libraries under src, as the build has put them beside these tests.</summary>
internal static class Libraries
{
    /// <summary>Their names, which are those of their projects, assemblies and packages.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Order(StringComparer.Ordinal),
    ];

    public static string AssemblyPath(string library) => Path.Combine(AppContext.BaseDirectory, library + ".dll");

    public static string DocumentationPath(string library) => Path.Combine(AppContext.BaseDirectory, library + ".xml");
}
