using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using WebRtcSignaling.Load.Machine;

namespace WebRtcSignaling.Load.Servers;

/// <summary>A server in a process of its own, kept on one core from its start.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private volatile bool _isReady;

    private ServerProcess(ProcessStartInfo start, int core)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Heard;
        _process.ErrorDataReceived += Heard;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Watched = new WatchedProcess(_process.Id, core);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    public WatchedProcess Watched { get; }

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="target">The server.</param>
    /// <param name="root">The repository.</param>
    /// <param name="core">The core that it is kept on.</param>
    /// <param name="environment">What its environment says besides this program's.</param>
    public static ServerProcess Start(Target target, string root, int core, IReadOnlyDictionary<string, string>? environment = null)
    {
        string Resolve(string text) => text.Replace("{root}", root, StringComparison.Ordinal);

        // Pinned before it starts, because a runtime counts its cores once, and ended by the system should this program be killed. Both tools
        // become what they start, so the process is the server's.
        string[] arguments =
        [
            "--pdeathsig", "KILL",
            "taskset", "-c", core.ToString(CultureInfo.InvariantCulture),
            Resolve(target.Program), .. target.Arguments.Select(Resolve),
        ];
        var start = new ProcessStartInfo("setpriv", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_ENV"] = "production";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(start, core);
        try
        {
            server.WaitUntilReady(target);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _lines.Dispose();
    }

    private void WaitUntilReady(Target target)
    {
        var said = new List<string>();
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < _bound)
        {
            if (!_lines.TryTake(out string? line, TimeSpan.FromMilliseconds(200)))
            {
                if (_process.HasExited)
                {
                    break;
                }

                continue;
            }

            said.Add(line);
            if (ListeningLine.TryFind(line, out IPEndPoint? address))
            {
                Address = address;
            }

            if (Address.Port != 0 && line.Contains(target.ReadyText, StringComparison.Ordinal))
            {
                _isReady = true;
                return;
            }
        }

        throw new LoadException($"{target.Name} did not start:\n{string.Join('\n', said)}");
    }

    // Later lines are only taken so that a full pipe does not stop the server.
    private void Heard(object sender, DataReceivedEventArgs heard)
    {
        if (heard.Data is not null && !_isReady)
        {
            _lines.Add(heard.Data);
        }
    }
}
