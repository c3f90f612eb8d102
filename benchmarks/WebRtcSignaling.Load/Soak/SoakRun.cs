using System.Diagnostics;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Soak;

/// <summary>Churn against the ready server in a process of its own, samples of it meanwhile, and what is left when all have gone.</summary>
internal sealed class SoakRun(SoakArguments arguments, string root, Cores cores, TextWriter progress)
{
    private const int MostSamples = 600;

    /// <summary>Shorter than by default, so that those who are gone are as many soon after the start as ever.</summary>
    private const string ResumeTimeout = "00:00:05";

    private static readonly TimeSpan _leastInterval = TimeSpan.FromSeconds(1);

    /// <summary>For whoever is silent to be given up, and for what is kept for those who may come back.</summary>
    private static readonly TimeSpan _longSilence = TimeSpan.FromSeconds(90);

    /// <returns>Whether all is well.</returns>
    public async Task<bool> RunAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("soak-");
        try
        {
            string path = Path.Combine(folder.FullName, "probe");
            var environment = new Dictionary<string, string>(ProbeClient.EnvironmentFor(root, path)) { ["Signaling__Sessions__ResumeTimeout"] = ResumeTimeout };
            using ServerProcess server = ServerProcess.Start(Targets.Find(Targets.Native), root, cores.Server, environment);
            using var probe = new ProbeClient(path);
            return await RunAsync(server, probe).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<bool> RunAsync(ServerProcess server, ProbeClient probe)
    {
        var churn = new Churn(server.Address, arguments);
        using var end = new CancellationTokenSource(arguments.Duration, TimeProvider.System);
        Task running = churn.RunAsync(end.Token);
        IReadOnlyList<SoakSample> samples = await SampleAsync(server.Watched, probe, churn, end.Token).ConfigureAwait(false);
        await running.ConfigureAwait(false);
        ProbeReading left = await SettleAsync(probe).ConfigureAwait(false);

        IReadOnlyList<SoakVerdict> verdicts = SoakVerdict.Of(samples);
        Directory.CreateDirectory(arguments.Output);
        await File.WriteAllTextAsync(Path.Combine(arguments.Output, "soak.svg"), LineChart.Draw(samples, verdicts)).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(arguments.Output, "soak.csv"), SoakReport.Samples(samples)).ConfigureAwait(false);
        return Tell(verdicts, churn, left);
    }

    private async Task<IReadOnlyList<SoakSample>> SampleAsync(WatchedProcess server, ProbeClient probe, Churn churn, CancellationToken end)
    {
        TimeSpan interval = arguments.Duration / MostSamples > _leastInterval ? arguments.Duration / MostSamples : _leastInterval;
        var samples = new List<SoakSample>();
        using var timer = new PeriodicTimer(interval, TimeProvider.System);
        long begin = Stopwatch.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            samples.Add(new(Stopwatch.GetElapsedTime(begin), server.ResidentBytes, server.Threads, server.Handles, probe.Read(), churn.Completed));
            if (samples.Count % 30 == 0)
            {
                SoakSample last = samples[^1];
                progress.WriteLine(
                    $"{last.At:hh\\:mm\\:ss} {last.Visits} visits, {churn.Failed} failed; heap {last.Probe.HeapBytes / 1_000_000.0:F1} MB, resident {last.ResidentBytes / 1_000_000} MB, {last.Handles} files, {last.Probe.Sessions} sessions");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return samples;
    }

    /// <summary>Waits until the server has forgotten everybody, or has had the time to.</summary>
    private static async Task<ProbeReading> SettleAsync(ProbeClient probe)
    {
        using var timer = new PeriodicTimer(_leastInterval, TimeProvider.System);
        long begin = Stopwatch.GetTimestamp();
        ProbeReading left = probe.Read();
        while (!left.IsEmpty && Stopwatch.GetElapsedTime(begin) < _longSilence)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
            left = probe.Read();
        }

        return left;
    }

    private bool Tell(IReadOnlyList<SoakVerdict> verdicts, Churn churn, ProbeReading left)
    {
        progress.WriteLine(SoakReport.Table(verdicts));
        progress.WriteLine($"{churn.Completed} visits, {churn.Failed} failed; {left.Signals} signals. Seed {arguments.Seed}. Plot: {arguments.Output}/soak.svg");
        foreach (string failure in churn.Failures)
        {
            progress.WriteLine($"FAILED {failure}");
        }

        if (!left.IsEmpty)
        {
            progress.WriteLine($"LEFT BEHIND when all had gone: {left.Sessions} sessions, {left.Rooms} rooms, {left.OutboxBytes} bytes in outboxes.");
        }

        return churn.Failed == 0 && left.IsEmpty && verdicts.All(static verdict => verdict.Growth is not { IsGrowing: true });
    }
}
