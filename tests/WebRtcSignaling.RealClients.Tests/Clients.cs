using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.RealClients.Tests;

/// <summary>The clients of other signaling servers, each in the very version that <c>package.json</c> names.</summary>
internal static class Clients
{
    private static readonly string Folder = Path.Combine("tests", "WebRtcSignaling.RealClients.Tests");

    /// <summary>The folder that <c>node_modules</c> is in.</summary>
    public static Task<string> InstallAsync() => NpmPackages.InstallAsync(Folder);

    /// <summary>Runs a Node program that lies beside these tests, with the folder of the packages as its first argument.</summary>
    /// <returns>What it said.</returns>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var packages = await InstallAsync();
        var run = await ProgramRun.ToEndAsync("node", [Path.Combine(Repository.Root, Folder, script), packages, .. arguments], TimeSpan.FromMinutes(2));
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        return run.Output;
    }
}
