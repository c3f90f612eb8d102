namespace WebRtcSignaling.Repository.Tests.Architecture;

/// <summary>tests mirrors src: who reads a folder finds its tests in the folder of the same name.</summary>
public sealed class TestFolderTests
{
    /// <summary>Folders of src without a folder of tests, and where they are tested instead.</summary>
    private static readonly Dictionary<string, string> _testedElsewhere = new(StringComparer.Ordinal)
    {
    };

    [Test]
    public void Every_folder_of_a_library_has_a_folder_of_tests() =>
        Assert.That(FoldersOfSource().Where(folder => !HasTests(folder) && !_testedElsewhere.ContainsKey(folder)), Is.Empty);

    [Test]
    public void Every_exception_is_needed() =>
        Assert.That(_testedElsewhere.Keys.Where(folder => HasTests(folder) || !FoldersOfSource().Contains(folder)), Is.Empty);

    private static IEnumerable<string> FoldersOfSource() =>
        RepositoryFiles.CSharpIn("src")
            .Select(path => Path.GetDirectoryName(path)!.Replace('\\', '/'))
            .Where(folder => folder.Count(letter => letter == '/') > 1)
            .Distinct();

    /// <summary>src/X/A/B has its tests in tests/X.Tests/A/B.</summary>
    private static bool HasTests(string folder)
    {
        string[] parts = folder.Split('/');
        string tests = string.Join('/', parts[2..].Prepend(parts[1] + ".Tests").Prepend("tests"));
        return RepositoryFiles.CSharpIn(tests).Any(path => path.EndsWith("Tests.cs", StringComparison.Ordinal));
    }
}
