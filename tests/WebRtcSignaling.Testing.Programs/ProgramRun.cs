using System.Diagnostics;

namespace WebRtcSignaling.Testing.Programs;

/// <summary>What a program that has ended said, and how it ended.</summary>
public sealed record ProgramRun(int ExitCode, string Output)
{
    /// <summary>Runs a program to its end; one that does not end in time is killed, and the test fails.</summary>
    /// <param name="program">Its name, or its file.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="bound">How long it may take.</param>
    /// <param name="folder">Where it runs; the repository's root if not said.</param>
    public static async Task<ProgramRun> ToEndAsync(string program, IEnumerable<string> arguments, TimeSpan bound, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(bound);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {bound}:\n{await output}{await errors}");
        }

        return new ProgramRun(process.ExitCode, await output + await errors);
    }
}
