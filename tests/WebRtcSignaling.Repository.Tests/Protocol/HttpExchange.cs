namespace WebRtcSignaling.Repository.Tests.Protocol;

/// <summary>A request and its response as docs/protocol.md shows them in a block of the language <c>http</c>.</summary>
/// <param name="Request">The lines of the request's head.</param>
/// <param name="Response">The status line, and the fields that are shown.</param>
/// <param name="Body">The response's body; <see langword="null"/> if it is not shown.</param>
internal sealed record HttpExchange(IReadOnlyList<string> Request, IReadOnlyList<string> Response, string? Body)
{
    /// <summary>The exchanges of a block: lines with <c>&gt;</c> are sent, lines with <c>&lt;</c> received.</summary>
    public static IEnumerable<HttpExchange> ReadAll(string block)
    {
        string[] lines = block.Split('\n');
        for (int at = 0; at < lines.Length;)
        {
            string[] sent = [.. lines[at..].TakeWhile(line => line.StartsWith('>')).Select(TextOf)];
            string[] received = [.. lines[(at + sent.Length)..].TakeWhile(line => line.StartsWith('<')).Select(TextOf)];
            if (sent.Length == 0 || received.Length == 0)
            {
                throw new FormatException($"Not an exchange: {lines[at]}");
            }

            at += sent.Length + received.Length;
            string[] head = [.. received.TakeWhile(line => line.Length > 0)];
            yield return new([.. sent.Where(line => line.Length > 0)], head, received.Length > head.Length ? string.Concat(received[(head.Length + 1)..]) : null);
        }
    }

    private static string TextOf(string line) => line.Length > 2 ? line[2..] : "";
}
