using System.Diagnostics;

namespace WebRtcSignaling.Testing.Programs;

/// <summary>A sample that is a server, the ready server by default, as a process of its own, on a free port that stays the same when it is started again.</summary>
public sealed class SignalingServerProcess : IAsyncDisposable
{
    private const string ListeningLine = "Now listening on: ";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private Process? _process;
    private Task _reading = Task.CompletedTask;

    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly string _sample;

    private SignalingServerProcess(IReadOnlyDictionary<string, string> settings, string sample)
    {
        _settings = settings;
        _sample = sample;
        Address = new Uri("http://127.0.0.1:0");
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; }

    public bool IsRunning => _process is { HasExited: false };

    /// <param name="settings">What its environment says beyond that of these tests, such as <c>Signaling__AllowedOrigins__0</c>.</param>
    /// <param name="sample">The folder of the sample.</param>
    public static async Task<SignalingServerProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null, string sample = "SignalingServer")
    {
        var server = new SignalingServerProcess(settings ?? new Dictionary<string, string>(), sample);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it where it was before.</summary>
    public async Task StartAgainAsync()
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet", [Repository.BuiltSample(_sample), "--urls", Address.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _reading = ReadAsync(_process.StandardOutput, listening);
        Address = await listening.Task.WaitAsync(Bound);
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await WaitForEndAsync();
    }

    /// <summary>Asks it to end, as an operator would.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
        await WaitForEndAsync();
        Assert.That(_process.ExitCode, Is.Zero, "The server did not stop cleanly.");
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) await KillAsync();
        _process?.Dispose();
    }

    private async Task WaitForEndAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Bound);
        await _reading;
    }

    /// <summary>Reads on after the line that is looked for, because a full pipe would stop the server.</summary>
    private static async Task ReadAsync(StreamReader output, TaskCompletionSource<Uri> listening)
    {
        var said = new List<string>();
        while (await output.ReadLineAsync() is { } line)
        {
            said.Add(line);
            var at = line.IndexOf(ListeningLine, StringComparison.Ordinal);
            if (at >= 0) listening.TrySetResult(new Uri(line[(at + ListeningLine.Length)..]));
        }

        listening.TrySetException(new InvalidOperationException("The server ended without listening:\n" + string.Join('\n', said)));
    }
}
