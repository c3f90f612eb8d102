namespace WebRtcSignaling.Repository.Tests.PublicApi;

/// <summary>
/// What users of the packages can call changes only on purpose: each library's public API is compared with the approved text beside this file. To approve
/// a change, run these tests with <c>APPROVE_PUBLIC_API=1</c> and read the difference before committing it.
/// </summary>
public sealed class PublicApiTests
{
    private const string ApprovalSwitch = "APPROVE_PUBLIC_API";

    private static IEnumerable<string> LibraryNames => Libraries.Names;

    [TestCaseSource(nameof(LibraryNames))]
    public void The_public_api_is_the_approved_one(string library)
    {
        string approvedPath = Path.Combine(ApprovedFolder, library + ".approved.txt");
        string receivedPath = Path.Combine(AppContext.BaseDirectory, library + ".received.txt");
        string received = PublicApiText.Of(PublicSymbols.Load(library));
        if (Environment.GetEnvironmentVariable(ApprovalSwitch) == "1")
        {
            File.WriteAllText(approvedPath, received);
        }

        string approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath) : "";
        string difference = LineDiff.Describe(approved, received);
        if (difference.Length == 0)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        Assert.Fail($"The public API of {library} is not the approved one. If it should change, run again with {ApprovalSwitch}=1.\n"
            + $"The whole text is in {receivedPath}; the difference is\n\n{difference}");
    }

    [Test]
    public void Every_approved_text_belongs_to_a_library() =>
        Assert.That(
            Directory.EnumerateFiles(ApprovedFolder, "*.approved.txt").Select(file => Path.GetFileName(file).Replace(".approved.txt", "", StringComparison.Ordinal)),
            Is.EquivalentTo(Libraries.Names));

    [TestCaseSource(nameof(LibraryNames))]
    public void Everything_public_is_documented(string library)
    {
        XmlDocumentation documentation = XmlDocumentation.Load(Libraries.DocumentationPath(library));
        Assert.That(PublicSymbols.WithNested(PublicSymbols.TypesOf(PublicSymbols.Load(library))).SelectMany(documentation.MissingIn), Is.Empty);
    }

    private static string ApprovedFolder { get; } = Path.Combine(Repository.Root, "tests", "WebRtcSignaling.Repository.Tests", "PublicApi");
}
