using System.Reflection;
using WebRtcSignaling.AspNetCore;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Compatibility.PeerJs;
using WebRtcSignaling.Compatibility.PeerServer;
using WebRtcSignaling.Compatibility.SocketIO;
using WebRtcSignaling.Compatibility.SocketIO.Endpoints;
using WebRtcSignaling.Repository.Tests.PublicApi;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>
/// docs/settings.md lists every setting with the default that it has and the meaning that its documentation gives. To write the tables anew, run this with
/// <c>APPROVE_SETTINGS=1</c> and read the difference before committing it.
/// </summary>
public sealed class SettingsReferenceTests
{
    private const string Document = "docs/settings.md";
    private const string ApprovalSwitch = "APPROVE_SETTINGS";

    private static readonly (string Heading, object Options, string Path)[] _tables =
    [
        ("The server", new SignalingHostOptions(), "Signaling:"),
        ("Socket.IO", new SocketIOOptions(), "Signaling:SocketIO:"),
        ("EasyRTC", new EasyRtcOptions(), "Signaling:EasyRtc:"),
        ("PHPPeerServer", new PeerServerOptions(), "Signaling:PeerServer:"),
        ("PeerJS", new PeerJsOptions(), "Signaling:PeerJs:"),
        ("An endpoint", new SignalingEndpointOptions(), ""),
        ("An endpoint of Socket.IO", new SocketIOEndpointOptions(), ""),
        ("The standalone listener", new SignalingListenerOptions(), ""),
        ("Collecting when idle", new IdleCollectorOptions(), ""),
    ];

    [Test]
    public void Every_setting_is_listed_as_it_is()
    {
        string file = Path.Combine(Repository.Root, Document);
        string before = File.ReadAllText(file).ReplaceLineEndings("\n");
        var reference = new SettingsReference();
        string after = _tables.Aggregate(before, (text, table) => Replace(text, table.Heading, reference.Table(table.Options, table.Path)));
        if (Environment.GetEnvironmentVariable(ApprovalSwitch) == "1")
        {
            File.WriteAllText(file, after);
        }
        else if (before != after)
        {
            Assert.Fail($"{Document} is not what the settings are. Run this again with {ApprovalSwitch}=1; the difference is\n\n{LineDiff.Describe(before, after)}");
        }
    }

    [Test]
    public void No_class_of_settings_is_missing()
    {
        var reference = new SettingsReference();
        foreach ((_, object options, string path) in _tables)
        {
            reference.Table(options, path);
        }

        IEnumerable<string> all = Libraries.Names
            .SelectMany(static library => Assembly.LoadFrom(Libraries.AssemblyPath(library)).GetExportedTypes())
            .Where(static type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Select(static type => type.Name);
        Assert.That(all.Except(reference.Classes).Except([nameof(SignalingOptions)]), Is.Empty, "SignalingHostOptions have all that SignalingOptions have.");
    }

    /// <summary>Puts a table in the place of the one below that heading.</summary>
    private static string Replace(string text, string heading, string table)
    {
        int section = text.IndexOf($"## {heading}\n", StringComparison.Ordinal);
        Assert.That(section, Is.Not.Negative, $"{Document} has no heading '{heading}'.");
        int start = text.IndexOf("| setting |", section, StringComparison.Ordinal);
        int end = text.IndexOf("\n\n", start, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, start), table.AsSpan(0, table.Length - 1), end < 0 ? "\n" : text.AsSpan(end));
    }
}
