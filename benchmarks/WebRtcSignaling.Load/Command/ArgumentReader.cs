using System.Globalization;
using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>Reads the command line. No I/O.</summary>
internal static class ArgumentReader
{
    public const string Usage = """
        load --target NAME[,NAME...]    single cases
        compare                         all targets and cases, as a table and a chart

          --target NAMES         native, listener, bun, websockets, ws, peer, socket-io, signalr; native-no-resume and
                                 bare, which are no part of compare; the first is measured first
          --case NAMES           relay (the default of load), long-relay, half-rate, fixed-rate, fan-out, idle, all
          --rounds N             how often; medians are shown                                   (3)
          --connections N        that signal                                                    (100)
          --members N            of each room in which they signal, in a ring                   (2)
          --bytes N              of a signal's data                                             (300)
          --long-bytes N         of a long signal's data                                        (6000)
          --in-flight N          signals of each connection on their way                        (4)
          --rate N               signals a second; alone, it means --case fixed-rate            (30000)
          --fan-out-members N    of the room in which one sends to all                          (100)
          --idle-connections N   that do nothing                                                (10000)
          --idle-rounds N        in how many rounds they are measured                           (1)
          --idle-seconds S       for how long                                                   (30)
          --warm-up S            before the first measurement of each server                    (15)
          --turns N              in which the servers do the same work one after the other      (6)
          --turn-seconds S       for how long each                                              (1)
          --output FOLDER        for comparison.md and comparison.svg; compare: artifacts/benchmarks
        """;

    private static readonly Dictionary<string, LoadCase> _cases = new(StringComparer.Ordinal)
    {
        ["relay"] = LoadCase.Relay,
        ["long-relay"] = LoadCase.LongRelay,
        ["half-rate"] = LoadCase.HalfRate | LoadCase.Relay,
        ["fixed-rate"] = LoadCase.FixedRate,
        ["fan-out"] = LoadCase.FanOut,
        ["idle"] = LoadCase.Idle,
        ["all"] = LoadCase.All,
    };

    /// <exception cref="LoadException">Something is not understood, or does not fit together.</exception>
    public static LoadArguments Parse(IReadOnlyList<string> arguments)
    {
        LoadArguments read = arguments.Count == 0 ? throw new LoadException("What shall be done?") : arguments[0] switch
        {
            "load" => new LoadArguments(),
            "compare" => new LoadArguments { Targets = Targets.All, Cases = LoadCase.All, Output = "artifacts/benchmarks" },
            _ => throw new LoadException($"{arguments[0]} is not known."),
        };
        bool hasCase = arguments.Contains("--case");
        for (int i = 1; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new LoadException($"{arguments[i]} needs a value.");
            read = With(read, arguments[i], value);
            if (arguments[i] == "--rate" && !hasCase && arguments[0] == "load")
            {
                read = read with { Cases = LoadCase.FixedRate };
            }
        }

        return Check(read);
    }

    private static LoadArguments With(LoadArguments read, string name, string value) => name switch
    {
        "--target" => read with { Targets = [.. value.Split(',').Select(Targets.Find)] },
        "--case" => read with { Cases = value.Split(',').Aggregate(LoadCase.None, static (all, one) => all | ParseCase(one)) },
        "--rounds" => read with { Rounds = Count(name, value) },
        "--connections" => read with { Connections = Count(name, value) },
        "--members" => read with { Members = Count(name, value) },
        "--bytes" => read with { Bytes = Count(name, value) },
        "--long-bytes" => read with { LongBytes = Count(name, value) },
        "--in-flight" => read with { InFlight = Count(name, value) },
        "--rate" => read with { Rate = Count(name, value) },
        "--fan-out-members" => read with { FanOutMembers = Count(name, value) },
        "--idle-connections" => read with { IdleConnections = Count(name, value) },
        "--idle-rounds" => read with { IdleRounds = Count(name, value, least: 0) },
        "--idle-seconds" => read with { IdleDuration = Seconds(name, value) },
        "--warm-up" => read with { WarmUp = Seconds(name, value) },
        "--turns" => read with { Turns = Count(name, value) },
        "--turn-seconds" => read with { TurnDuration = Seconds(name, value) },
        "--output" => read with { Output = value },
        _ => throw new LoadException($"{name} is not known."),
    };

    private static LoadArguments Check(LoadArguments read)
    {
        string? problem =
            read.Targets.Count == 0 ? "--target must name a server."
            : read.Members < 2 ? "--members must be at least 2: a client has somebody to signal to."
            : read.Connections % read.Members != 0 ? "--connections must be a multiple of --members: rooms are full."
            : read.FanOutMembers < 2 ? "--fan-out-members must be at least 2."
            : read.IdleConnections % 2 != 0 ? "--idle-connections must be even: they are in rooms of two."
            : Math.Min(read.Bytes, read.LongBytes) < Payload.MinBytes ? $"A signal has at least {Payload.MinBytes} bytes."
            : null;
        return problem is null ? read : throw new LoadException(problem);
    }

    private static LoadCase ParseCase(string name) =>
        _cases.TryGetValue(name, out LoadCase known) ? known : throw new LoadException($"There is no case {name}; there are {string.Join(", ", _cases.Keys)}.");

    private static int Count(string name, string value, int least = 1) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least
            ? count
            : throw new LoadException($"{name} needs a whole number, at least {least}, not {value}.");

    private static TimeSpan Seconds(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 3_600
            ? TimeSpan.FromSeconds(seconds)
            : throw new LoadException($"{name} needs seconds above 0 and up to 3600, not {value}.");
}
