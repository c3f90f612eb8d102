using System.Globalization;
using System.Text.RegularExpressions;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.Repository.Tests.Protocol;

/// <summary>The table of close codes in docs/protocol.md, the one in the code, and what the client module knows of them say the same.</summary>
public sealed partial class CloseCodeTableTests
{
    private static readonly string[][] _tables = ReadTables();

    [Test]
    public void The_document_and_the_code_have_the_same_codes_kinds_and_reasons() => Assert.That(
        _tables[0].Select(Cells).Select(cells => (cells[0], cells[1], cells[2])),
        Is.EquivalentTo(CloseCodes.All.Select(entry => (Number(entry.Code), entry.IsTerminal ? "terminal" : "retryable", entry.Reason))));

    [Test]
    public void The_documentation_of_each_code_says_the_same_kind()
    {
        string source = Repository.Read("src/WebRtcSignaling.WebSockets/Frames/CloseCode.cs");
        foreach ((CloseCode code, _, bool isTerminal) in CloseCodes.All)
        {
            string documentation = Regex.Match(source, $@"/// <summary>([^\n]*)</summary>\n    {code} = ").Groups[1].Value;
            Assert.That(documentation, Does.Contain(isTerminal ? "Terminal" : "Retryable"), code.ToString());
            Assert.That(documentation, Does.Not.Contain(isTerminal ? "Retryable" : "Terminal"), code.ToString());
        }
    }

    [Test]
    public void Every_end_of_a_session_has_a_code_of_the_table_that_old_clients_can_read()
    {
        foreach (SessionCloseReason reason in Enum.GetValues<SessionCloseReason>())
        {
            (CloseCode code, string text) = CloseCodes.Of(reason);
            Assert.That(CloseCodes.All.Select(entry => (entry.Code, entry.Reason)), Does.Contain((code, text)), reason.ToString());
            Assert.That((int)code, Is.Not.InRange(1012, 2999), $"{reason}: the WebSocket of Socket.IO 1.4.5 takes it for a broken frame");
        }
    }

    [Test]
    public void The_table_of_the_other_wires_has_every_end_with_its_code()
    {
        IEnumerable<(string, string)> ends = Enum.GetValues<SessionCloseReason>()
            .Where(reason => reason != SessionCloseReason.ConnectionLost)
            .Select(CloseCodes.Of)
            .Select(end => (end.Reason.Split("; try again")[0], Number(end.Code)));
        string[][] rows = [.. _tables[1].Select(Cells)];
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => (row[0], row[1])), Is.EquivalentTo(ends));
            Assert.That(rows.Select(row => (row[0], row[3])), Is.EquivalentTo(ends));
            Assert.That(
                rows.Select(row => (row[1], row[2].Contains("`disconnect`", StringComparison.Ordinal))),
                Is.EquivalentTo(rows.Select(row => (row[1], TellsSocketIO((CloseCode)int.Parse(row[1], CultureInfo.InvariantCulture))))));
        });
    }

    [Test]
    public void The_client_module_stays_away_after_the_terminal_codes_and_no_others()
    {
        string list = FinalPattern().Match(Repository.Read("samples/SignalingServer/wwwroot/signaling/backoff.js")).Groups[1].Value;
        Assert.That(
            list.Split(", "),
            Is.EquivalentTo(CloseCodes.All.Where(entry => entry.IsTerminal).Select(entry => Number(entry.Code))));
    }

    /// <summary>To who broke a rule, Socket.IO's own server says nothing.</summary>
    private static bool TellsSocketIO(CloseCode code) => code != CloseCode.ProtocolError && CloseCodes.IsTerminal(code);

    private static string Number(CloseCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);

    private static string[] Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];

    /// <summary>The rows of the two tables under the heading, without their heads.</summary>
    private static string[][] ReadTables()
    {
        string document = Repository.Read("docs/protocol.md");
        int start = document.IndexOf("\n## Close codes", StringComparison.Ordinal) + 1;
        string section = document[start..document.IndexOf("\n## ", start, StringComparison.Ordinal)];
        return [.. TablePattern().Matches(section).Select(table => table.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..])];
    }

    [GeneratedRegex(@"(^\|[^\n]*\n)+", RegexOptions.Multiline)]
    private static partial Regex TablePattern();

    [GeneratedRegex(@"FINAL = new Set\(\[([^\]]*)\]\)")]
    private static partial Regex FinalPattern();
}
