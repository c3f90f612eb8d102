using System.Globalization;

namespace WebRtcSignaling.Load.Soak;

/// <summary>What a soak is told.</summary>
/// <param name="Duration">Of the churn.</param>
/// <param name="Seed">Of the clients' choices.</param>
/// <param name="Workers">How many clients, or pairs of them, are busy at once.</param>
/// <param name="Output">The folder for the plot and the samples.</param>
internal sealed record SoakArguments(TimeSpan Duration, int Seed, int Workers, string Output)
{
    public const string Usage = """
        soak MINUTES             churn of everything against the ready server, and a verdict on growth

          --seed N               of the clients' choices; a new one each time otherwise
          --workers N            how many are busy at once                                      (24)
          --output FOLDER        for soak.svg and soak.csv                                      (artifacts/soak)
        """;

    private const double MaxMinutes = 10_080;
    private const int MaxWorkers = 1_000;

    /// <exception cref="LoadException">Something is not understood.</exception>
    public static SoakArguments Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 2 || !double.TryParse(arguments[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double minutes) || minutes is < 0.5 or > MaxMinutes)
        {
            throw new LoadException("soak needs minutes, from 0.5 to a week.");
        }

        var read = new SoakArguments(TimeSpan.FromMinutes(minutes), Random.Shared.Next(1 << 30), Workers: 24, "artifacts/soak");
        for (int i = 2; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new LoadException($"{arguments[i]} needs a value.");
            read = arguments[i] switch
            {
                "--seed" => read with { Seed = Count(arguments[i], value, int.MaxValue) },
                "--workers" => read with { Workers = Count(arguments[i], value, MaxWorkers) },
                "--output" => read with { Output = value },
                _ => throw new LoadException($"{arguments[i]} is not known."),
            };
        }

        return read;
    }

    private static int Count(string name, string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1 && count <= most
            ? count
            : throw new LoadException($"{name} needs a whole number from 1 to {most}, not {value}.");
}
