namespace WebRtcSignaling.Testing.Programs;

/// <summary>Packages of npm, exactly those that a lock file names, without running anything that they bring along.</summary>
public static class NpmPackages
{
    private static readonly string[] Files = ["package.json", "package-lock.json", ".npmrc"];
    private static readonly SemaphoreSlim Installing = new(1);

    /// <summary>Installs the packages, unless that has been done for this very lock file. Safe for concurrent use within one process.</summary>
    /// <param name="folder">The folder below the repository's root that has the files.</param>
    /// <returns>The folder that <c>node_modules</c> is in.</returns>
    public static async Task<string> InstallAsync(string folder)
    {
        var source = Path.Combine(Repository.Root, folder);
        var target = Path.Combine(Repository.Root, "artifacts", "npm", folder);
        var stamp = Path.Combine(target, "installed");
        var wanted = await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
        await Installing.WaitAsync();
        try
        {
            if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != wanted)
            {
                Directory.CreateDirectory(target);
                foreach (var file in Files) File.Copy(Path.Combine(source, file), Path.Combine(target, file), overwrite: true);
                var run = await ProgramRun.ToEndAsync("npm", ["ci", "--omit=optional"], TimeSpan.FromMinutes(5), target);
                Assert.That(run.ExitCode, Is.Zero, run.Output);
                await File.WriteAllTextAsync(stamp, wanted);
            }
        }
        finally
        {
            Installing.Release();
        }

        return target;
    }
}
