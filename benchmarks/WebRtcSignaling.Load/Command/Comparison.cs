using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>Measures the servers in turn, round after round, each time in processes of their own, so that what disturbs the machine disturbs all.</summary>
internal sealed class Comparison(LoadArguments arguments, string root, Cores cores, TextWriter progress)
{
    private static readonly TimeSpan _shortWarmUp = TimeSpan.FromSeconds(0.5);

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
        LoadCase cases = arguments.Cases & ~LoadCase.Idle;
        if (cases == LoadCase.None)
        {
            return;
        }

        var servers = new List<RoundServer>();
        try
        {
            foreach (Target target in arguments.Targets)
            {
                _log.Say($"{target.Title}, at full rate");
                var server = new RoundServer(target, ServerProcess.Start(target, root, cores.Server));
                servers.Add(server);
                RunAtFullRate(server, cases);
            }

            if ((cases & (LoadCase.HalfRate | LoadCase.FixedRate)) != LoadCase.None)
            {
                new SideBySide(arguments, _log).Run(servers);
            }
        }
        finally
        {
            servers.ForEach(static server => server.Dispose());
        }
    }

    private void RunAtFullRate(RoundServer server, LoadCase cases)
    {
        if (cases != LoadCase.FanOut)
        {
            using var client = new LoadClient(server.Process.Address, server.Target.Dialect);
            client.Connect(arguments.Connections, arguments.Members);
            Relay(server, client, cases);
        }

        if (cases.HasFlag(LoadCase.FanOut) && server.Target.Dialect.HasRooms)
        {
            using var client = new LoadClient(server.Process.Address, server.Target.Dialect);
            client.Connect(arguments.FanOutMembers, arguments.FanOutMembers);
            (long deliveries, Usage usage) = new FanOutLoad(client, arguments.Bytes, server.Process.Watched)
                .Saturate(arguments.InFlight, arguments.WarmUp, arguments.Duration);
            _log.Add(server.Target, Figure.FanOutCpu, usage.ServerMicrosecondsPer(deliveries));
            _log.Add(server.Target, Figure.FanOutRate, usage.RateOf(deliveries));
        }
    }

    private void Relay(RoundServer server, LoadClient client, LoadCase cases)
    {
        // Warm for all that follows, whatever is asked for: a runtime compiles what is used while it is used.
        RelayMeasurement full = new RelayLoad(client, arguments.Members, arguments.Bytes, server.Process.Watched)
            .Saturate(arguments.InFlight, arguments.WarmUp, arguments.Duration);
        server.FullRate = full.Usage.RateOf(full.Signals);
        if (cases.HasFlag(LoadCase.Relay))
        {
            _log.Add(server.Target, Figure.RelayCpu, full.Usage.ServerMicrosecondsPer(full.Signals));
            _log.Add(server.Target, Figure.RelayRate, server.FullRate);
            _log.Add(server.Target, Figure.RelayServerLoad, full.Usage.ServerPercent);
            _log.Add(server.Target, Figure.RelayOthersLoad, full.Usage.OthersPercent);
            _log.Add(server.Target, Figure.RelayClientLoad, full.Usage.ClientPercent);
            _log.AddLatencies(server.Target, full, Figure.RelayP50, Figure.RelayP99, Figure.RelayP999);
        }

        if (cases.HasFlag(LoadCase.LongRelay))
        {
            RelayMeasurement longer = new RelayLoad(client, arguments.Members, arguments.LongBytes, server.Process.Watched)
                .Saturate(arguments.InFlight, _shortWarmUp, arguments.Duration);
            _log.Add(server.Target, Figure.LongRelayCpu, longer.Usage.ServerMicrosecondsPer(longer.Signals));
            _log.Add(server.Target, Figure.LongRelayRate, longer.Usage.RateOf(longer.Signals));
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
