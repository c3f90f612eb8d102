using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>
/// What the servers of a round do under load. What they cost, and more so a tail of latencies, changes from minute to minute on a machine that others use. So all of them run at the same
/// time, and have their turns, a second each, again and again: what disturbs the machine disturbs all of them.
/// </summary>
internal sealed class SideBySide(LoadArguments arguments, IReadOnlyList<RoundServer> servers, FigureLog log)
{
    // What a server has dropped while others had their turns comes back in this time: caches, memory.
    private readonly TimeSpan _warmUp = arguments.TurnDuration / 4;

    /// <summary>Measures what is asked for.</summary>
    public void Run()
    {
        LoadCase cases = arguments.Cases;
        if (cases.HasFlag(LoadCase.Relay))
        {
            RunRelay();
        }

        if (cases.HasFlag(LoadCase.LongRelay))
        {
            RunForCost("long signals at full rate", static server => server.LongRelay, Figure.LongRelayCpu, Figure.LongRelayRate);
        }

        if (cases.HasFlag(LoadCase.FanOut))
        {
            RunForCost("to a whole room", static server => server.FanOut, Figure.FanOutCpu, Figure.FanOutRate);
        }

        if (cases.HasFlag(LoadCase.HalfRate))
        {
            RunAtHalfRates();
        }

        if (cases.HasFlag(LoadCase.FixedRate))
        {
            RunAtOneRate();
        }
    }

    private void RunRelay()
    {
        foreach (Stretch stretch in TakeTurns("at full rate", servers.Select(server => Saturate(server, server.Relay))))
        {
            (Target target, Measurement measured) = log.Begin(stretch);
            stretch.Server.FullRate = measured.Rate;
            log.Add(target, Figure.RelayCpu, measured.ServerMicroseconds);
            log.Add(target, Figure.RelayRate, measured.Rate);
            log.Add(target, Figure.RelayServerLoad, measured.Usage.ServerPercent);
            log.Add(target, Figure.RelayOthersLoad, measured.Usage.OthersPercent);
            log.Add(target, Figure.RelayClientLoad, measured.Usage.ClientPercent);
            log.AddLatencies(target, measured, Figure.RelayP50, Figure.RelayP99, Figure.RelayP999);
        }
    }

    private void RunForCost(string what, Func<RoundServer, DeliveryLoad?> loadOf, Figure cpu, Figure rate)
    {
        IEnumerable<Stretch> stretches = servers.Where(server => loadOf(server) is not null).Select(server => Saturate(server, loadOf(server)!));
        foreach (Stretch stretch in TakeTurns(what, stretches))
        {
            (Target target, Measurement measured) = log.Begin(stretch);
            log.Add(target, cpu, measured.ServerMicroseconds);
            log.Add(target, rate, measured.Rate);
        }
    }

    /// <summary>
    /// Each at half of its own full rate, and the ready server at that of each other one, right behind it: half of its own may be many times that, and says nothing about who
    /// is faster at the same work.
    /// </summary>
    private void RunAtHalfRates()
    {
        RoundServer? native = servers.FirstOrDefault(static server => server.Target.Name == Targets.Native);
        (Stretch Own, Stretch? Native)[] all =
        [
            .. servers.Select(server => (
                Pace(server, server.FullRate / 2),
                native is null || native == server ? null : Pace(native, server.FullRate / 2))),
        ];
        TakeTurns("at half of the full rate", all.SelectMany(static one => one.Native is null ? [one.Own] : new[] { one.Own, one.Native }));
        foreach ((Stretch own, Stretch? ofNative) in all)
        {
            (Target target, Measurement measured) = log.Begin(own);
            log.Add(target, Figure.HalfRate, own.Server.FullRate / 2);
            log.Add(target, Figure.HalfCpu, measured.ServerMicroseconds);
            log.Add(target, Figure.HalfOthersLoad, measured.Usage.OthersPercent);
            log.AddLatencies(target, measured, Figure.HalfP50, Figure.HalfP99, Figure.HalfP999);
            if (ofNative is not null)
            {
                log.Add(target, Figure.NativeP99AtThatRate, ofNative.Measured.P99);
            }
        }
    }

    private void RunAtOneRate()
    {
        foreach (Stretch stretch in TakeTurns("at the same rate for all", servers.Select(server => Pace(server, arguments.Rate))))
        {
            (Target target, Measurement measured) = log.Begin(stretch);
            log.Add(target, Figure.FixedCpu, measured.ServerMicroseconds);
            log.Add(target, Figure.FixedOthersLoad, measured.Usage.OthersPercent);
            log.AddLatencies(target, measured, Figure.FixedP50, Figure.FixedP99, Figure.FixedP999);
        }
    }

    private Stretch Saturate(RoundServer server, DeliveryLoad load) => new(server, () => load.Saturate(arguments.InFlight, _warmUp, arguments.TurnDuration));

    private Stretch Pace(RoundServer server, double rate) => new(server, () => server.Relay.Pace(rate, _warmUp, arguments.TurnDuration));

    private Stretch[] TakeTurns(string what, IEnumerable<Stretch> stretches)
    {
        log.Say($"Side by side, {what}");
        Stretch[] all = [.. stretches];
        for (int turn = 0; turn < arguments.Turns; turn++)
        {
            foreach (Stretch stretch in all)
            {
                stretch.Run();

                // What it has left to do is not done in the turn of another one.
                stretch.Server.AwaitRest();

                // Behind each, as servers may close connections from which nothing comes for longer than a few turns.
                foreach (RoundServer server in servers)
                {
                    server.KeepAlive();
                }
            }
        }

        return all;
    }
}
