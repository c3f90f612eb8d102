using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Command;

/// <summary>What to measure, and how.</summary>
internal sealed record LoadArguments
{
    public IReadOnlyList<Target> Targets { get; init; } = [];

    public LoadCase Cases { get; init; } = LoadCase.Relay;

    /// <summary>How often everything is measured; the servers take turns.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Connections that signal; a multiple of <see cref="Members"/>.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>Members of each room in which signals are sent.</summary>
    public int Members { get; init; } = 2;

    /// <summary>Bytes of a signal's data.</summary>
    public int Bytes { get; init; } = 300;

    /// <summary>Bytes of the data of a long signal.</summary>
    public int LongBytes { get; init; } = 6_000;

    /// <summary>Signals of each connection, or messages of the one that sends to its room, on their way at any time.</summary>
    public int InFlight { get; init; } = 4;

    /// <summary>Signals per second in <see cref="LoadCase.FixedRate"/>.</summary>
    public double Rate { get; init; } = 30_000;

    /// <summary>Members of the room in <see cref="LoadCase.FanOut"/>.</summary>
    public int FanOutMembers { get; init; } = 100;

    public int IdleConnections { get; init; } = 10_000;

    /// <summary>In how many of the rounds idle connections are measured, which takes longest.</summary>
    public int IdleRounds { get; init; } = 1;

    /// <summary>Before anything of a server is measured. .NET compiles what runs often again and better, and that takes ten to twenty seconds.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many turns each server has at each kind of work.</summary>
    public int Turns { get; init; } = 6;

    /// <summary>How long each of them is measured.</summary>
    public TimeSpan TurnDuration { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan IdleDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The folder for the table and the chart; null if they are only shown.</summary>
    public string? Output { get; init; }
}
