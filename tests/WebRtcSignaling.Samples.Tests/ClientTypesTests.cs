using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.Samples.Tests;

/// <summary>The types in the comments of the browser's client are right: an editor shows them, and a page in TypeScript is checked by them.</summary>
internal sealed class ClientTypesTests
{
    private const string Tests = "tests/WebRtcSignaling.Samples.Tests";

    private static readonly string[] Options =
    [
        "--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "esnext", "--module", "esnext", "--moduleResolution", "bundler",
        "--lib", "esnext,dom,dom.iterable",
    ];

    [Test]
    public async Task The_client_the_room_and_a_page_that_uses_all_of_it_have_no_mistake_in_their_types()
    {
        var packages = await NpmPackages.InstallAsync(Tests);
        string[] files =
        [
            .. Directory.GetFiles(Path.Combine(Repository.Root, "samples", "SignalingServer", "wwwroot"), "*.js", SearchOption.AllDirectories),
            Path.Combine(Repository.Root, Tests, "Client", "usage.js"),
        ];
        Assert.That(files, Has.Length.GreaterThan(10));

        var run = await ProgramRun.ToEndAsync(
            "node", [Path.Combine(packages, "node_modules", "typescript", "bin", "tsc"), .. Options, .. files], TimeSpan.FromMinutes(2));

        Assert.That(run.ExitCode, Is.Zero, run.Output);
    }
}
