namespace WebRtcSignaling.Repository.Tests.Architecture;

/// <summary>tests mirrors src: who reads a folder finds its tests in the folder of the same name.</summary>
public sealed class TestFolderTests
{
    /// <summary>Folders of src without a folder of tests, and where they are tested instead.</summary>
    private static readonly Dictionary<string, string> _testedElsewhere = new(StringComparer.Ordinal)
    {
        ["src/WebRtcSignaling.Core/Errors"] = "values: every test of a refusal names its code",
        ["src/WebRtcSignaling.Core/Hosting"] = "calls into the host app: Authorization, Sessions/SessionIceTests, Sessions/SinkFailureTests",
        ["src/WebRtcSignaling.Core/Rooms/Rules"] = "the rules of rooms: Rooms, and the generated sequences of Invariants",
        ["src/WebRtcSignaling.Compatibility/Configuration"] = "the tests of each kind of settings: EasyRtc, PeerJs, PeerServer, SocketIO",
        ["src/WebRtcSignaling.Compatibility/Http"] = "EngineIO/Http and PeerJs/Http, which write by it",
        ["src/WebRtcSignaling.Compatibility/EngineIO/Packets"] = "EngineIO/Payloads and EngineIO/Sessions, which carry and decide them",
        ["src/WebRtcSignaling.Compatibility/PeerJs/Endpoints"] = "PeerJs/PeerJsOptionsTests, PeerJs/Http, through MapPeerJs",
        ["src/WebRtcSignaling.Compatibility/SocketIO/Attachments"] = "SocketIO/AttachmentTests, SocketIO/BinaryPlaceholdersTests",
        ["src/WebRtcSignaling.Compatibility/SocketIO/Connections"] = "SocketIO/ConnectTests, SocketIO/EventTests",
        ["src/WebRtcSignaling.Compatibility/SocketIO/Endpoints"] = "EngineIO/Http, through MapSocketIO",
        ["src/WebRtcSignaling.Compatibility/SocketIO/Packets"] = "SocketIO/SocketPacketReaderTests",
        ["src/WebRtcSignaling.WebSockets/Dialects"] = "interfaces: what implements and what calls them has tests",
    };

    [Test]
    public void Every_folder_of_a_library_has_a_folder_of_tests() =>
        Findings.AssertNone(
            FoldersOfSource().Where(folder => !HasTests(folder) && !_testedElsewhere.ContainsKey(folder)),
            "A folder src/X/A has its tests in tests/X.Tests/A.");

    [Test]
    public void Every_exception_is_needed() =>
        Findings.AssertNone(
            _testedElsewhere.Keys.Where(folder => HasTests(folder) || !FoldersOfSource().Contains(folder)),
            "These have tests, or are gone.");

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
