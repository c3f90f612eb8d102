using System.Diagnostics;
using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>A server that runs for a whole round, with the clients of all cases.</summary>
internal sealed class RoundServer : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(200);

    private readonly ServerProcess _process;
    private readonly List<LoadClient> _clients = [];

    /// <summary>Connects the clients.</summary>
    /// <param name="target">Which server it is.</param>
    /// <param name="process">The running server, which is ended with this.</param>
    /// <param name="arguments">What is measured.</param>
    public RoundServer(Target target, ServerProcess process, LoadArguments arguments)
    {
        Target = target;
        _process = process;
        try
        {
            LoadClient client = Connect(arguments.Connections, arguments.Members);
            Relay = new RelayLoad(client, arguments.Members, arguments.Bytes, process.Watched);
            LongRelay = new RelayLoad(client, arguments.Members, arguments.LongBytes, process.Watched);
            if (arguments.Cases.HasFlag(LoadCase.FanOut) && target.Dialect.HasRooms)
            {
                FanOut = new FanOutLoad(Connect(arguments.FanOutMembers, arguments.FanOutMembers), arguments.Bytes, process.Watched);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Target Target { get; }

    public RelayLoad Relay { get; }

    public RelayLoad LongRelay { get; }

    /// <summary>Null where it is not asked for, or there are no rooms.</summary>
    public FanOutLoad? FanOut { get; }

    /// <summary>Signals a second that it has relayed at most in this round.</summary>
    public double FullRate { get; set; }

    /// <summary>Waits until the server hardly does anything any more, but not for long.</summary>
    public void AwaitRest()
    {
        long begin = Stopwatch.GetTimestamp();
        for (TimeSpan before, after = _process.Watched.CpuTime; Stopwatch.GetElapsedTime(begin) < _patience;)
        {
            before = after;
            _clients[0].Idle(_glance);
            after = _process.Watched.CpuTime;
            if (after - before <= _glance / 10)
            {
                return;
            }
        }
    }

    /// <summary>Answers and sends what keeps all connections alive.</summary>
    public void KeepAlive() => _clients.ForEach(static client => client.KeepAlive());

    public void Dispose()
    {
        _clients.ForEach(static client => client.Dispose());
        _process.Dispose();
    }

    private LoadClient Connect(int count, int members)
    {
        var client = new LoadClient(_process.Address, Target.Dialect);
        _clients.Add(client);
        client.Connect(count, members);
        return client;
    }
}
