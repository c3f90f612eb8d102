using System.Text.RegularExpressions;

namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>Decisions are numbered without gaps, each says below its title whether it still holds, and the index lists them as they are.</summary>
public sealed partial class DecisionTests
{
    private const string Folder = "docs/decisions/";
    private const string Index = Folder + "README.md";

    private static readonly string[] _paths =
        [.. RepositoryFiles.Markdown.Where(path => path.StartsWith(Folder, StringComparison.Ordinal) && path != Index).Order(StringComparer.Ordinal)];

    [Test]
    public void Decisions_are_numbered_without_gaps() =>
        Assert.That(
            _paths.Select(path => (path[Folder.Length..][..4], HeadOf(path).Groups["number"].Value)),
            Is.EqualTo(Enumerable.Range(1, _paths.Length).Select(number => ($"{number:D4}", $"{number}"))));

    [Test]
    public void The_index_lists_every_decision_by_its_title_and_status() =>
        Assert.That(
            Repository.Read(Index).Split('\n').Where(line => line.Contains("](0", StringComparison.Ordinal)),
            Is.EqualTo(_paths.Select(path => (Name: path[Folder.Length..], Head: HeadOf(path).Groups))
                .Select(one => $"| {one.Head["number"]} | [{one.Head["title"]}]({one.Name}) | {one.Head["status"]} |")));

    [TestCase("# 1. A\n\nStatus: accepted.\n\nB", true)]
    [TestCase("# 1. A\n\nStatus: accepted, amended by [2](0002-b.md), [13](0013-c.md).\n", true)]
    [TestCase("# 1. A\n\nStatus: superseded by [2](0002-b.md).\n", true)]
    [TestCase("# 1. A\n\nB", false)]
    [TestCase("# 1. A\n\nStatus: perhaps.\n", false)]
    [TestCase("# A\n\nStatus: accepted.\n", false)]
    public void A_head_is_a_title_and_a_status(string text, bool isOne) => Assert.That(HeadPattern().IsMatch(text), Is.EqualTo(isOne));

    private static Match HeadOf(string path)
    {
        Match head = HeadPattern().Match(Repository.Read(path));
        Assert.That(head.Success, Is.True, $"{path} does not begin with \"# N. Title\" and \"Status: …\".");
        return head;
    }

    [GeneratedRegex(
        @"\A# (?<number>\d+)\. (?<title>[^\n]+)\n\nStatus: (?<status>accepted|accepted, amended by (?:\[\d+\]\(\d{4}-[\w-]+\.md\)(?:, )?)+|superseded by \[\d+\]\(\d{4}-[\w-]+\.md\))\.\n")]
    private static partial Regex HeadPattern();
}
