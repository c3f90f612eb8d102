namespace WebRtcSignaling.Testing.Splits;

/// <summary>One way in which the same bytes can reach a parser.</summary>
/// <param name="Description">How, in words that make it repeatable: cut positions or seed.</param>
/// <param name="Parts">The bytes in order.</param>
/// <param name="AtOnce">All parts arrive together, as the segments of one sequence; otherwise one after the other.</param>
public sealed record InputSplit(string Description, IReadOnlyList<ReadOnlyMemory<byte>> Parts, bool AtOnce = false)
{
    public override string ToString() => AtOnce ? $"{Description}, as segments of one read" : Description;
}
