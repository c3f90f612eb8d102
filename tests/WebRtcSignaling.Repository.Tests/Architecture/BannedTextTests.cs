using System.Text.RegularExpressions;

namespace WebRtcSignaling.Repository.Tests.Architecture;

/// <summary>Nothing is left half done, and nothing names somebody's machine.</summary>
public sealed partial class BannedTextTests
{
    /// <summary>This file names what it looks for.</summary>
    private const string ThisFile = "tests/WebRtcSignaling.Repository.Tests/Architecture/BannedTextTests.cs";

    private static readonly string[] _binary = [".png", ".jpg", ".ico", ".woff2", ".pfx"];

    [Test]
    public void Nothing_is_left_to_do() => Assert.That(LinesWith(UnfinishedPattern()), Is.Empty);

    [Test]
    public void Nothing_names_a_path_of_somebodys_machine() => Assert.That(LinesWith(MachinePathPattern()), Is.Empty);

    [Test]
    public void Configuration_names_no_package_source_by_address() =>
        Assert.That(
            RepositoryFiles.All.Where(path => Path.GetFileName(path).Equals("nuget.config", StringComparison.OrdinalIgnoreCase) && AddressPattern().IsMatch(Repository.Read(path))),
            Is.Empty);

    [TestCase("// TODO: later")]
    [TestCase("throw new NotImplementedException();")]
    [TestCase("# FIXME")]
    public void A_word_for_unfinished_work_is_found(string line) => Assert.That(UnfinishedPattern().IsMatch(line), Is.True);

    [TestCase("{ \"todo\": 1 }")]
    [TestCase("HACKATHON")]
    public void Other_words_are_left_alone(string line) => Assert.That(UnfinishedPattern().IsMatch(line), Is.False);

    [TestCase("/home/ann/x")]
    [TestCase("File.Read(\"/root/x\")")]
    [TestCase("C:\\Users\\ann")]
    [TestCase("/tmp/x/y")]
    public void A_machines_path_is_found(string line) => Assert.That(MachinePathPattern().IsMatch(line), Is.True);

    [TestCase("https://example.org/home/ann")]
    [TestCase("docs/work/x")]
    [TestCase("/run/signaling.sock")]
    public void Other_paths_are_left_alone(string line) => Assert.That(MachinePathPattern().IsMatch(line), Is.False);

    private static IEnumerable<string> LinesWith(Regex pattern) =>
        from path in RepositoryFiles.All
        where path != ThisFile && !_binary.Contains(Path.GetExtension(path))
        from line in Repository.Read(path).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(line.Text)
        select $"{path}({line.Number}): {line.Text.Trim()}";

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex UnfinishedPattern();

    [GeneratedRegex(@"(?<![\w.~-])/(?:home|root|Users|work|mnt|tmp)/\w|[A-Z]:\\{1,2}(?:Users|Windows|Program)")]
    private static partial Regex MachinePathPattern();

    [GeneratedRegex("""(?:value|key)="https?:""")]
    private static partial Regex AddressPattern();
}
