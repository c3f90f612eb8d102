using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.Samples.Tests;

internal sealed class EmbeddedServerTests
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TearDown]
    public void RemoveFolder()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What a program without ASP.NET ships: one file, trimmed, with no runtime beside it.</summary>
    [Test]
    public async Task Published_as_one_trimmed_file_it_runs_and_two_players_exchange_their_state()
    {
        var published = await ProgramRun.ToEndAsync(
            "dotnet",
            [
                "publish", "samples/EmbeddedServer", "--configuration", "Release", "--runtime", "linux-x64", "--self-contained",
                "-p:PublishSingleFile=true", "-p:PublishTrimmed=true", "-p:ArtifactsPath=" + Path.Combine(_folder, "artifacts"),
                "--output", Path.Combine(_folder, "published"), "-nodeReuse:false",
            ],
            TimeSpan.FromMinutes(5));
        Assert.That(published.ExitCode, Is.Zero, published.Output);
        // The trimmer says so when it cannot know that what it removes is not needed.
        Assert.That(published.Output, Does.Not.Contain("warning"));
        Assert.That(Directory.GetFiles(Path.Combine(_folder, "published"), "*.dll"), Is.Empty, "It is not one file.");

        var run = await ProgramRun.ToEndAsync(Path.Combine(_folder, "published", "EmbeddedServer"), [], TimeSpan.FromMinutes(1));

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Contain("Two players exchanged state."));
    }
}
