namespace WebRtcSignaling.Repository.Tests;

/// <summary>The files that somebody wrote, by their path from the root with forward slashes; what a build or a tool makes is not among them.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] _madeFolders = [".git", ".idea", ".vs", "artifacts", "bin", "obj", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];
    private static readonly string[] _all = [.. Find(new DirectoryInfo(Repository.Root)).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> All => _all;

    public static IEnumerable<string> Markdown => _all.Where(path => path.EndsWith(".md", StringComparison.Ordinal));

    public static IEnumerable<string> Projects => _all.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>C# files in one of the top folders.</summary>
    public static IEnumerable<string> CSharpIn(string folder) =>
        _all.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> Find(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'))
            .Where(path => path != ".git")
            .Concat(folder.EnumerateDirectories().Where(child => !_madeFolders.Contains(child.Name)).SelectMany(Find));
}
