using System.Globalization;
using System.Text.RegularExpressions;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.Samples.Tests;

internal sealed partial class ClientModuleTests
{
    /// <summary>The tests in `Client/`, which run the client module itself with a made-up WebSocket and clock.</summary>
    [Test]
    public async Task The_client_module_passes_its_own_tests_in_Node()
    {
        var folder = Path.Combine(Repository.Root, "tests", "WebRtcSignaling.Samples.Tests", "Client");
        string[] files = Directory.GetFiles(folder, "*.test.mjs");
        var run = await ProgramRun.ToEndAsync("node", ["--test", .. files], TimeSpan.FromMinutes(2));

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        var passed = int.Parse(PassedLine().Match(run.Output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.That(passed, Is.GreaterThanOrEqualTo(files.Length), run.Output);
        TestContext.Out.WriteLine($"{passed} tests of the client module passed in Node.");
    }

    [GeneratedRegex(@"^\S* ?pass (\d+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PassedLine();
}
