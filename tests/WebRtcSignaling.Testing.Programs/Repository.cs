namespace WebRtcSignaling.Testing.Programs;

/// <summary>Where things are in this clone.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The file that the build of a sample has left, in the configuration in which these tests were built.</summary>
    public static string BuiltSample(string name)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var file = Path.Combine(Root, "artifacts", "bin", name, configuration, name + ".dll");
        Assert.That(file, Does.Exist, $"Build samples/{name} first.");
        return file;
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "WebRtcSignaling.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("These tests run inside a clone of the repository only.");
        }

        return directory.FullName;
    }
}
