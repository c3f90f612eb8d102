using System.Diagnostics;
using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>Measures the servers, round after round, each time in processes of their own: side by side while they work, one after the other while they are idle.</summary>
internal sealed class Comparison(LoadArguments arguments, string root, Cores cores, TextWriter progress)
{
    private const int UnrestedTurns = 3;

    private readonly FigureLog _log = new(progress);

    public Results Run()
    {
        for (int round = 0; round < arguments.Rounds; round++)
        {
            _log.Say($"round {round + 1} of {arguments.Rounds}");
            RunBusy();
            if (arguments.Cases.HasFlag(LoadCase.Idle) && round < arguments.IdleRounds)
            {
                foreach (Target target in arguments.Targets)
                {
                    RunIdle(target);
                }
            }
        }

        return _log.Results;
    }

    private void RunBusy()
    {
        if ((arguments.Cases & ~LoadCase.Idle) == LoadCase.None)
        {
            return;
        }

        var servers = new List<RoundServer>();
        try
        {
            foreach (Target target in arguments.Targets)
            {
                _log.Say($"{target.Title}, warm-up");
                servers.Add(new RoundServer(target, ServerProcess.Start(target, root, cores.Server), arguments));
                WarmUp(servers);
            }

            new SideBySide(arguments, servers, _log).Run();
        }
        finally
        {
            servers.ForEach(static server => server.Dispose());
        }
    }

    /// <summary>The last one works, as a runtime compiles what is used while it is used; the others are kept alive meanwhile.</summary>
    private void WarmUp(List<RoundServer> servers)
    {
        RoundServer last = servers[^1];
        Work(last.Relay, arguments.WarmUp);
        if (arguments.Cases.HasFlag(LoadCase.Relay))
        {
            _log.Add(last.Target, Figure.UnrestedCpu, Work(last.Relay, UnrestedTurns * arguments.TurnDuration).ServerMicroseconds);
        }

        if (arguments.Cases.HasFlag(LoadCase.LongRelay))
        {
            Work(last.LongRelay, arguments.WarmUp / 2);
        }

        if (last.FanOut is not null)
        {
            Work(last.FanOut, arguments.WarmUp / 2);
        }

        Measurement Work(DeliveryLoad load, TimeSpan duration)
        {
            var stretch = new Stretch(last, () => load.Saturate(arguments.InFlight, TimeSpan.Zero, arguments.TurnDuration));
            long begin = Stopwatch.GetTimestamp();
            do
            {
                stretch.Run();
                servers.ForEach(static server => server.KeepAlive());
            }
            while (Stopwatch.GetElapsedTime(begin) < duration);
            return stretch.Measured;
        }
    }

    private void RunIdle(Target target)
    {
        _log.Say($"{target.Title}, idle");
        using ServerProcess server = ServerProcess.Start(target, root, cores.Server);
        IdleMeasurement idle = IdleLoad.Run(
            () => new LoadClient(server.Address, target.Dialect), arguments.IdleConnections, arguments.WarmUp, arguments.IdleDuration, server.Watched);
        double count = arguments.IdleConnections;
        _log.Add(target, Figure.SetUpRate, idle.SetUp.RateOf(count));
        _log.Add(target, Figure.SetUpCpu, idle.SetUp.ServerMicrosecondsPer(count));
        _log.Add(target, Figure.IdleMemory, idle.Bytes / count / 1_000);
        _log.Add(target, Figure.IdleCpu, idle.Idle.ServerMicrosecondsPer(count * idle.Idle.Elapsed.TotalSeconds));
    }
}
