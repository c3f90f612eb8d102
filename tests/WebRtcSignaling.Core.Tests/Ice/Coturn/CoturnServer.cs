using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WebRtcSignaling.Core.Tests.Ice.Coturn;

/// <summary>
/// A real TURN server (coturn) on loopback, on a port that the system chose, with time-limited credentials (<c>use-auth-secret</c>).
/// It ends when this is disposed, and also when the test process dies in any way.
/// </summary>
internal sealed class CoturnServer : IAsyncDisposable
{
    private const int Attempts = 5;
    private const int KeptLogLines = 60;

    // The shell reads from the test process; when that closes the pipe or dies, the read ends, and the shell kills the server.
    private const string Guard = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        server=$!
        { cat <&3; kill -KILL $server; } >/dev/null 2>&1 &
        guard=$!
        exec 3<&-
        wait $server
        kill $guard
        """;

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly ConcurrentQueue<string> _log = new();

    private CoturnServer(string program, string secret, IPEndPoint address, string realm)
    {
        Address = address;
        Realm = realm;
        _folder = Directory.CreateTempSubdirectory("coturn-");
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        string[] arguments =
        [
            "-c", Guard, "coturn-guard", program,
            "-n", // no configuration file
            $"--listening-ip={address.Address}", $"--listening-port={address.Port}", $"--relay-ip={address.Address}",
            "--no-tcp", "--no-tls", "--no-dtls", "--no-cli", "--allow-loopback-peers",
            "--use-auth-secret", $"--static-auth-secret={secret}", $"--realm={realm}",
            "--log-file=stdout", "--simple-log", "--verbose",
            $"--pidfile={Path.Combine(_folder.FullName, "pid")}", $"--userdb={Path.Combine(_folder.FullName, "db")}",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Log(line.Data);
        _process.ErrorDataReceived += (_, line) => Log(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal IPEndPoint Address { get; }

    internal string Realm { get; }

    /// <summary>Starts a server and waits until it answers.</summary>
    internal static async Task<CoturnServer> StartAsync(string secret)
    {
        string program = FindProgram();
        string log = "";
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            // The realm tells this server from any other that got hold of the port.
            var server = new CoturnServer(program, secret, FindFreeAddress(), $"realm-{Guid.NewGuid():N}.test");
            if (await server.AnswersAsync())
            {
                return server;
            }

            log = server.LogText;
            await server.DisposeAsync();
        }

        throw new InvalidOperationException($"coturn did not answer on any of {Attempts} ports. The last log:\n{log}");
    }

    /// <summary>The last lines that the server wrote.</summary>
    internal string LogText => string.Join('\n', _log);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string FindProgram()
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        string[] folders = [.. path.Split(Path.PathSeparator), "/usr/bin", "/usr/sbin", "/usr/local/bin"];
        string? program = folders.Select(static folder => Path.Combine(folder, "turnserver")).FirstOrDefault(File.Exists);
        Assert.That(
            program,
            Is.Not.Null,
            "These tests need the TURN server coturn (the program 'turnserver'). Install it with: apt-get install -y coturn");
        return program!;
    }

    private static IPEndPoint FindFreeAddress()
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)probe.Client.LocalEndPoint!;
    }

    private async Task<bool> AnswersAsync()
    {
        using var bound = new CancellationTokenSource(StartTime);
        Task exit = _process.WaitForExitAsync(bound.Token);
        Task<bool> answer = AskAsync(bound.Token);
        Task first = await Task.WhenAny(exit, answer);
        bool answers = first == answer && await answer;
        await bound.CancelAsync();
        await Task.WhenAll(exit, answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return answers;
    }

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        using var client = new TurnClient(Address);
        try
        {
            await client.BindAsync(cancellationToken);
            await client.AllocateWithoutCredentialsAsync(cancellationToken);
            return client.Realm == Realm;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Log(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
            while (_log.Count > KeptLogLines)
            {
                _log.TryDequeue(out _);
            }
        }
    }
}
