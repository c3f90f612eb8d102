using System.Globalization;
using WebRtcSignaling.Load.Command;
using WebRtcSignaling.Load.Measuring;

namespace WebRtcSignaling.Load.Reporting;

/// <summary>The tables of a run.</summary>
internal static class Sections
{
    public static IReadOnlyList<Section> For(LoadArguments arguments) =>
    [
        new(
            Text($"Relay: {arguments.Connections} connections, {arguments.Bytes} bytes, {arguments.InFlight} in flight each"),
            [Figure.RelayCpu, Figure.UnrestedCpu, Figure.RelayRate, Figure.RelayP50, Figure.RelayP99, Figure.RelayP999, Figure.RelayServerLoad, Figure.RelayOthersLoad, Figure.RelayClientLoad],
            HasRatio: true,
            IsCharted: true),
        new(
            Text($"Relay: {arguments.Connections} connections, {arguments.LongBytes} bytes, {arguments.InFlight} in flight each"),
            [Figure.LongRelayCpu, Figure.LongRelayRate],
            HasRatio: true,
            IsCharted: true),
        new(
            Text($"Latency at half of each server's own full rate, {arguments.Bytes} bytes"),
            [Figure.HalfP99, Figure.NativeP99AtThatRate, Figure.HalfP50, Figure.HalfP999, Figure.HalfRate, Figure.HalfCpu, Figure.HalfOthersLoad],
            HasRatio: true),
        new(
            Text($"Latency at {FigureText.Number(arguments.Rate, 0)} signals a second, {arguments.Bytes} bytes"),
            [Figure.FixedP99, Figure.FixedP50, Figure.FixedP999, Figure.FixedCpu, Figure.FixedOthersLoad],
            HasRatio: true),
        new(
            Text($"One to all others in a room of {arguments.FanOutMembers}, {arguments.Bytes} bytes"),
            [Figure.FanOutCpu, Figure.FanOutRate],
            HasRatio: true,
            IsCharted: true),
        new(
            Text($"Idle: memory of {arguments.IdleConnections} connections in rooms of two"),
            [Figure.IdleMemory, Figure.IdleCpu],
            HasRatio: true,
            IsCharted: true),
        new(
            Text($"Set-up: connect and join, {arguments.IdleConnections} connections, 64 at a time"),
            [Figure.SetUpCpu, Figure.SetUpRate],
            HasRatio: true),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
