using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>Measures the servers in turn, round after round, each time in a process of its own, so that what disturbs the machine disturbs all.</summary>
internal sealed class Comparison(LoadArguments arguments, string root, Cores cores, TextWriter progress)
{
    private static readonly TimeSpan _shortWarmUp = TimeSpan.FromSeconds(0.5);

    private readonly Results _results = new();
    private readonly Dictionary<Target, double> _halfRates = [];

    public Results Run()
    {
        for (int round = 0; round < arguments.Rounds; round++)
        {
            foreach (Target target in arguments.Targets)
            {
                progress.WriteLine($"round {round + 1} of {arguments.Rounds}: {target.Title}");
                RunBusy(target);
                if (arguments.Cases.HasFlag(LoadCase.Idle) && round < arguments.IdleRounds)
                {
                    RunIdle(target);
                }
            }

            RunAtRatesOfOthers();
        }

        return _results;
    }

    private void RunBusy(Target target)
    {
        LoadCase cases = arguments.Cases & ~LoadCase.Idle & (target.Dialect.HasRooms ? LoadCase.All : ~LoadCase.FanOut);
        if (cases == LoadCase.None)
        {
            return;
        }

        using ServerProcess server = ServerProcess.Start(target, root, cores.Server);
        if (cases != LoadCase.FanOut)
        {
            using var client = new LoadClient(server.Address, target.Dialect);
            client.Connect(arguments.Connections, arguments.Members);
            Relay(target, client, server.Watched, cases);
        }

        if (cases.HasFlag(LoadCase.FanOut))
        {
            using var client = new LoadClient(server.Address, target.Dialect);
            client.Connect(arguments.FanOutMembers, arguments.FanOutMembers);
            (long deliveries, Usage usage) = new FanOutLoad(client, arguments.Bytes, server.Watched)
                .Saturate(arguments.InFlight, arguments.WarmUp, arguments.Duration);
            Add(target, Figure.FanOutCpu, usage.ServerMicrosecondsPer(deliveries));
            Add(target, Figure.FanOutRate, usage.RateOf(deliveries));
        }
    }

    private void Relay(Target target, LoadClient client, WatchedProcess server, LoadCase cases)
    {
        // Warm for all that follows, whatever is asked for: a runtime compiles what is used while it is used.
        var load = new RelayLoad(client, arguments.Members, arguments.Bytes, server);
        RelayMeasurement full = load.Saturate(arguments.InFlight, arguments.WarmUp, arguments.Duration);
        double rate = full.Usage.RateOf(full.Signals);
        if (cases.HasFlag(LoadCase.Relay))
        {
            Add(target, Figure.RelayCpu, full.Usage.ServerMicrosecondsPer(full.Signals));
            Add(target, Figure.RelayRate, rate);
            Add(target, Figure.RelayServerLoad, full.Usage.ServerPercent);
            Add(target, Figure.RelayOthersLoad, full.Usage.OthersPercent);
            Add(target, Figure.RelayClientLoad, full.Usage.ClientPercent);
            AddLatencies(target, full, Figure.RelayP50, Figure.RelayP99, Figure.RelayP999);
        }

        if (cases.HasFlag(LoadCase.HalfRate))
        {
            _halfRates[target] = rate / 2;
            RelayMeasurement half = load.Pace(rate / 2, _shortWarmUp, arguments.Duration);
            Add(target, Figure.HalfRate, rate / 2);
            Add(target, Figure.HalfCpu, half.Usage.ServerMicrosecondsPer(half.Signals));
            Add(target, Figure.HalfOthersLoad, half.Usage.OthersPercent);
            AddLatencies(target, half, Figure.HalfP50, Figure.HalfP99, Figure.HalfP999);
        }

        if (cases.HasFlag(LoadCase.FixedRate))
        {
            RelayMeasurement paced = load.Pace(arguments.Rate, _shortWarmUp, arguments.Duration);
            Add(target, Figure.FixedCpu, paced.Usage.ServerMicrosecondsPer(paced.Signals));
            Add(target, Figure.FixedOthersLoad, paced.Usage.OthersPercent);
            AddLatencies(target, paced, Figure.FixedP50, Figure.FixedP99, Figure.FixedP999);
        }

        if (cases.HasFlag(LoadCase.LongRelay))
        {
            RelayMeasurement longer = new RelayLoad(client, arguments.Members, arguments.LongBytes, server)
                .Saturate(arguments.InFlight, _shortWarmUp, arguments.Duration);
            Add(target, Figure.LongRelayCpu, longer.Usage.ServerMicrosecondsPer(longer.Signals));
            Add(target, Figure.LongRelayRate, longer.Usage.RateOf(longer.Signals));
        }
    }

    /// <summary>The ready server at half of the full rate of each other one: half of its own may be many times that, and says nothing about who is faster at the same work.</summary>
    private void RunAtRatesOfOthers()
    {
        if (_halfRates.Keys.FirstOrDefault(static target => target.Name == Targets.Native) is not { } native || _halfRates.Count == 1)
        {
            return;
        }

        progress.WriteLine($"  {native.Title}, at the rates of the others");
        using ServerProcess server = ServerProcess.Start(native, root, cores.Server);
        using var client = new LoadClient(server.Address, native.Dialect);
        client.Connect(arguments.Connections, arguments.Members);
        var load = new RelayLoad(client, arguments.Members, arguments.Bytes, server.Watched);
        load.Saturate(arguments.InFlight, arguments.WarmUp, arguments.Duration);
        foreach ((Target other, double rate) in _halfRates.Where(half => half.Key != native))
        {
            Add(other, Figure.NativeP99AtThatRate, load.Pace(rate, _shortWarmUp, arguments.Duration).P99);
        }
    }

    private void RunIdle(Target target)
    {
        using ServerProcess server = ServerProcess.Start(target, root, cores.Server);
        IdleMeasurement idle = IdleLoad.Run(
            () => new LoadClient(server.Address, target.Dialect), arguments.IdleConnections, arguments.WarmUp, arguments.IdleDuration, server.Watched);
        double count = arguments.IdleConnections;
        Add(target, Figure.SetUpRate, idle.SetUp.RateOf(count));
        Add(target, Figure.SetUpCpu, idle.SetUp.ServerMicrosecondsPer(count));
        Add(target, Figure.IdleMemory, idle.Bytes / count / 1_000);
        Add(target, Figure.IdleCpu, idle.Idle.ServerMicrosecondsPer(count * idle.Idle.Elapsed.TotalSeconds));
    }

    private void AddLatencies(Target target, RelayMeasurement measured, Figure p50, Figure p99, Figure p999)
    {
        Add(target, p50, measured.P50);
        Add(target, p99, measured.P99);
        Add(target, p999, measured.P999);
    }

    private void Add(Target target, Figure figure, double value)
    {
        _results.Add(target.Name, figure, value);
        (string title, string unit, int decimals) = FigureText.Describe(figure);
        progress.WriteLine($"  {title}: {FigureText.Number(value, decimals)} {unit}");
    }
}
