namespace WebRtcSignaling.Testing.Splits;

/// <summary>Makes the ways to cut an input: a parser must come to the same result with each of them.</summary>
public static class InputSplits
{
    /// <summary>
    /// Whole, byte by byte, at every two-way cut, and <paramref name="random"/> times at random cuts; each also as the segments of
    /// one read. The seed is <see cref="SplitSeed"/>.
    /// </summary>
    public static IEnumerable<InputSplit> All(byte[] input, int random = 8)
    {
        var splits = EveryTwoWayCut(input).Prepend(ByteByByte(input));
        for (var i = 0; i < random; i++)
        {
            splits = splits.Append(AtRandomCuts(input, SplitSeed.Value + i));
        }

        return splits.SelectMany(split => new[] { split, split with { AtOnce = true } }).Prepend(Whole(input));
    }

    public static InputSplit Whole(byte[] input) => new("whole", [input]);

    public static InputSplit ByteByByte(byte[] input) => new("byte by byte", Cut(input, Enumerable.Range(1, Math.Max(0, input.Length - 1))));

    public static IEnumerable<InputSplit> EveryTwoWayCut(byte[] input) => input.Length == 0
        ? []
        : Enumerable.Range(1, input.Length - 1).Select(cut => new InputSplit($"cut at {cut}", Cut(input, [cut])));

    public static InputSplit AtRandomCuts(byte[] input, int seed)
    {
        var random = new Random(seed);
        var cuts = new SortedSet<int>();
        for (var count = random.Next(1, 9); count > 0 && input.Length > 1; count--)
        {
            cuts.Add(random.Next(1, input.Length));
        }

        return new($"random cuts (SPLIT_SEED={seed}) at {string.Join(' ', cuts)}", Cut(input, cuts));
    }

    private static List<ReadOnlyMemory<byte>> Cut(byte[] input, IEnumerable<int> cuts)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var start = 0;
        foreach (var cut in cuts.Append(input.Length))
        {
            parts.Add(input.AsMemory(start..cut));
            start = cut;
        }

        return parts;
    }
}
