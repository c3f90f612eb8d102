using System.Text.RegularExpressions;

namespace WebRtcSignaling.Repository.Tests.Protocol;

/// <summary>An example of docs/protocol.md: who sends what, and what is received.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lines">Its lines in order.</param>
public sealed partial record ProtocolExample(string Name, IReadOnlyList<ProtocolExample.Line> Lines)
{
    /// <summary>Whether it is one of an endpoint where <c>hello</c> is required: its name says so.</summary>
    public bool RequiresHello => Name.EndsWith(", hello required", StringComparison.Ordinal);

    /// <summary>Whether it shows the numbers of messages: its name says so.</summary>
    public bool ShowsNumbers => Name.EndsWith(", numbered", StringComparison.Ordinal);

    public static IReadOnlyList<ProtocolExample> ReadAll(string document) =>
        [.. ExamplePattern().Matches(document).Select(match => new ProtocolExample(match.Groups["name"].Value, ReadLines(match.Groups["body"].Value)))];

    public override string ToString() => Name;

    private static List<Line> ReadLines(string body) =>
    [
        .. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            Match line = LinePattern().Match(text);
            return line.Success
                ? new Line(line.Groups["client"].Value, line.Groups["direction"].Value[0], line.Groups["json"].Value)
                : throw new FormatException($"Not a line of an example: {text}");
        }),
    ];

    [GeneratedRegex(@"^```example (?<name>[^\n]+)\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();

    [GeneratedRegex(@"^(?<client>[a-z]+)(?<direction>[<>!]) (?<json>.+)$")]
    private static partial Regex LinePattern();

    /// <summary>One line.</summary>
    public sealed record Line(string Client, char Direction, string Json)
    {
        public bool IsSent => Direction == '>';

        /// <summary>Whether the client loses its connection.</summary>
        public bool IsLoss => Direction == '!';
    }
}
