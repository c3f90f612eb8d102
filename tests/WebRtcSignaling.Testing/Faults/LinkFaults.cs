namespace WebRtcSignaling.Testing.Faults;

/// <summary>All that goes wrong on one connection, in each direction.</summary>
public sealed record LinkFaults(IReadOnlyList<Fault> ToServer, IReadOnlyList<Fault> ToClient)
{
    /// <summary>A connection as good as its ends.</summary>
    public static LinkFaults None { get; } = new([], []);

    public static LinkFaults OnTheWayToServer(params Fault[] faults) => new(faults, []);

    public static LinkFaults OnTheWayToClient(params Fault[] faults) => new([], faults);

    public override string ToString() => $"to the server: {string.Join(", ", ToServer)}; to the client: {string.Join(", ", ToClient)}";
}
