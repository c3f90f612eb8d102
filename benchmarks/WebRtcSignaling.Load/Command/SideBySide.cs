using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>
/// The latencies of a round. A tail is made by whatever holds a server up for a millisecond now and then, and on a machine that others use that changes from minute to minute.
/// So all servers run at the same time, and have their turns of a second each, again and again: what disturbs the machine disturbs all of them.
/// </summary>
internal sealed class SideBySide(LoadArguments arguments, FigureLog log)
{
    private static readonly TimeSpan _turn = TimeSpan.FromSeconds(1);
    private readonly List<LoadClient> _clients = [];

    /// <summary>Measures what is asked for.</summary>
    /// <param name="servers">Warm, and with nothing to do.</param>
    public void Run(IReadOnlyList<RoundServer> servers)
    {
        try
        {
            var loads = new Dictionary<RoundServer, RelayLoad>();
            foreach (RoundServer server in servers)
            {
                var client = new LoadClient(server.Process.Address, server.Target.Dialect);
                _clients.Add(client);
                client.Connect(arguments.Connections, arguments.Members);
                loads[server] = new RelayLoad(client, arguments.Members, arguments.Bytes, server.Process.Watched);
            }

            PacedStretch At(RoundServer server, double rate) => new(loads[server], rate);
            if (arguments.Cases.HasFlag(LoadCase.HalfRate))
            {
                RunAtHalfRates(servers, At);
            }

            if (arguments.Cases.HasFlag(LoadCase.FixedRate))
            {
                RunAtOneRate(servers, At);
            }
        }
        finally
        {
            _clients.ForEach(static client => client.Dispose());
        }
    }

    /// <summary>
    /// Each at half of its own full rate, and the ready server at that of each other one, right behind it: half of its own may be many times that, and says nothing about who
    /// is faster at the same work.
    /// </summary>
    private void RunAtHalfRates(IReadOnlyList<RoundServer> servers, Func<RoundServer, double, PacedStretch> at)
    {
        RoundServer? native = servers.FirstOrDefault(static server => server.Target.Name == Targets.Native);
        (Target Target, PacedStretch Own, PacedStretch? Native)[] all =
        [
            .. servers.Select(server => (
                server.Target,
                at(server, server.FullRate / 2),
                native is null || native == server ? null : at(native, server.FullRate / 2))),
        ];
        TakeTurns(all.SelectMany(static one => one.Native is null ? [one.Own] : new[] { one.Own, one.Native }));
        foreach ((Target target, PacedStretch own, PacedStretch? ofNative) in all)
        {
            log.Say($"{target.Title}, at half of its full rate");
            log.Add(target, Figure.HalfRate, own.Rate);
            log.Add(target, Figure.HalfCpu, own.Measured.Usage.ServerMicrosecondsPer(own.Measured.Signals));
            log.Add(target, Figure.HalfOthersLoad, own.Measured.Usage.OthersPercent);
            log.AddLatencies(target, own.Measured, Figure.HalfP50, Figure.HalfP99, Figure.HalfP999);
            if (ofNative is not null)
            {
                log.Add(target, Figure.NativeP99AtThatRate, ofNative.Measured.P99);
            }
        }
    }

    private void RunAtOneRate(IReadOnlyList<RoundServer> servers, Func<RoundServer, double, PacedStretch> at)
    {
        (Target Target, PacedStretch Stretch)[] all = [.. servers.Select(server => (server.Target, at(server, arguments.Rate)))];
        TakeTurns(all.Select(static one => one.Stretch));
        foreach ((Target target, PacedStretch stretch) in all)
        {
            log.Say($"{target.Title}, at the same rate as all");
            log.Add(target, Figure.FixedCpu, stretch.Measured.Usage.ServerMicrosecondsPer(stretch.Measured.Signals));
            log.Add(target, Figure.FixedOthersLoad, stretch.Measured.Usage.OthersPercent);
            log.AddLatencies(target, stretch.Measured, Figure.FixedP50, Figure.FixedP99, Figure.FixedP999);
        }
    }

    private void TakeTurns(IEnumerable<PacedStretch> stretches)
    {
        PacedStretch[] all = [.. stretches];
        for (int turn = 0; turn < arguments.LatencyTurns; turn++)
        {
            foreach (PacedStretch stretch in all)
            {
                stretch.Run(_turn);
                stretch.AwaitRest();

                // Behind each, as servers may close connections from which nothing comes for longer than a few turns.
                _clients.ForEach(static client => client.KeepAlive());
            }
        }
    }
}
