using System.Diagnostics;
using System.Text.Json.Nodes;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO.RealClients;

/// <summary>Runs Node programs beside these tests, with the clients that <c>package.json</c> names, installed once.</summary>
internal static class NodeClients
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);
    private static readonly SemaphoreSlim _installing = new(1);
    private static bool _isInstalled;

    /// <summary>Runs a program.</summary>
    /// <param name="script">Its file.</param>
    /// <param name="arguments">Its arguments after the directory of the packages.</param>
    /// <returns>What it printed.</returns>
    public static async Task<JsonNode> RunAsync(string script, params string[] arguments)
    {
        string packages = await InstallAsync();
        string source = SourceDirectory();
        return JsonNode.Parse(await RunAsync("node", source, _bound, [Path.Combine(source, script), packages, .. arguments]))!;
    }

    /// <summary>Installs the packages of the lock file, unless they are there.</summary>
    private static async Task<string> InstallAsync()
    {
        string source = SourceDirectory();
        string target = Path.Combine(RepositoryDirectory(source), "artifacts", "socket-io-clients");
        await _installing.WaitAsync();
        try
        {
            string stamp = Path.Combine(target, "installed.lock");
            string wanted = await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
            if (!_isInstalled && (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != wanted))
            {
                Directory.CreateDirectory(target);
                foreach (string file in new[] { "package.json", "package-lock.json", ".npmrc" })
                {
                    File.Copy(Path.Combine(source, file), Path.Combine(target, file), overwrite: true);
                }

                await RunAsync("npm", target, TimeSpan.FromMinutes(5), "ci", "--omit=optional");
                await File.WriteAllTextAsync(stamp, wanted);
            }

            _isInstalled = true;
        }
        finally
        {
            _installing.Release();
        }

        return target;
    }

    private static async Task<string> RunAsync(string program, string directory, TimeSpan bound, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_NO_WARNINGS"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(bound);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end. {await output} {await errors}");
        }

        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}: {await output} {await errors}");
        return await output;
    }

    private static string SourceDirectory() => Path.Combine(
        RepositoryDirectory(AppContext.BaseDirectory), "tests", "WebRtcSignaling.Compatibility.Tests", "SocketIO", "RealClients");

    private static string RepositoryDirectory(string below)
    {
        DirectoryInfo? directory = new(below);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "WebRtcSignaling.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("These tests run below the repository's directory only.");
    }
}
