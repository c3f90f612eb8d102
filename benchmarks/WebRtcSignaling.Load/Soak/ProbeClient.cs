using System.Net.Sockets;
using System.Text;

namespace WebRtcSignaling.Load.Soak;

/// <summary>Asks the probe that benchmarks/WebRtcSignaling.Probe puts into the server.</summary>
internal sealed class ProbeClient : IDisposable
{
    private const int PatienceMilliseconds = 30_000;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = PatienceMilliseconds };
    private readonly byte[] _answer = new byte[256];

    public ProbeClient(string path)
    {
        try
        {
            _socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException problem)
        {
            throw new LoadException($"There is no probe in the server: {problem.Message}");
        }
    }

    /// <summary>What a server needs in its environment so as to have a probe.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="path">Where the probe listens: a path that does not exist.</param>
    public static IReadOnlyDictionary<string, string> EnvironmentFor(string root, string path) => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = Path.Combine(root, "artifacts", "bin", "WebRtcSignaling.Probe", "release", "WebRtcSignaling.Probe.dll"),
        ["SIGNALING_PROBE"] = path,
    };

    /// <exception cref="LoadException">The server has ended or hangs.</exception>
    public ProbeReading Read()
    {
        try
        {
            _socket.Send("?"u8);
            int length = 0;
            while (length == 0 || _answer[length - 1] != '\n')
            {
                int read = _socket.Receive(_answer.AsSpan(length));
                length += read > 0 ? read : throw new LoadException("The server has ended.");
            }

            return ProbeReading.Parse(Encoding.ASCII.GetString(_answer, 0, length));
        }
        catch (SocketException problem)
        {
            throw new LoadException($"The server has ended or hangs: {problem.Message}");
        }
    }

    public void Dispose() => _socket.Dispose();
}
