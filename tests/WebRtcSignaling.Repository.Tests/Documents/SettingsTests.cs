using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using WebRtcSignaling.AspNetCore;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Compatibility.PeerJs;
using WebRtcSignaling.Compatibility.PeerServer;
using WebRtcSignaling.Compatibility.SocketIO;

namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>Settings that documents and samples show exist, hold what they are shown with, and pass the check at the start.</summary>
public sealed partial class SettingsTests
{
    [Test]
    public void Every_json_block_and_settings_file_is_understood()
    {
        IEnumerable<(string Place, string Json)> blocks = RepositoryFiles.Markdown.SelectMany(path => MarkdownDocument.Load(path).Blocks)
            .Where(block => block.Language == "json" && block.Text.Contains($"\"{SignalingHostOptions.SectionName}\"", StringComparison.Ordinal))
            .Select(block => (block.ToString(), block.Text));
        IEnumerable<(string Place, string Json)> files = RepositoryFiles.All
            .Where(path => Path.GetFileName(path).StartsWith("appsettings", StringComparison.Ordinal))
            .Select(path => (path, Repository.Read(path)));
        Findings.AssertNone(
            blocks.Concat(files).Select(one => (one.Place, Problem: CheckJson(one.Json))).Where(one => one.Problem is not null).Select(one => $"{one.Place}: {one.Problem}"),
            "Settings are shown as they are.");
    }

    [Test]
    public void Every_variable_of_the_environment_is_understood() =>
        Findings.AssertNone(
            from path in RepositoryFiles.All
            where Path.GetExtension(path) is ".md" or ".json"
            from Match variable in VariablePattern().Matches(Repository.Read(path))
            let problem = CheckVariable(variable.Value)
            where problem is not null
            select $"{path}: {variable.Value}: {problem}",
            "Settings are shown as they are.");

    [TestCase("""{"Signaling":{"AllowedOrigins":["https://example.org"],"Rooms":{"MaxMembers":5}}}""")]
    [TestCase("""{"Signaling":{"PeerJs":{"Keys":["myapp"],"AliveTimeout":"00:01:30"}}}""")]
    [TestCase("""{"Logging":{"Nothing":1}}""")]
    public void Right_settings_are_accepted(string json) => Assert.That(CheckJson(json), Is.Null);

    [TestCase("""{"Signaling":{"AllowedOrigin":["https://example.org"]}}""", "AllowedOrigin")]
    [TestCase("""{"Signaling":{"Rooms":{"MaxMember":5}}}""", "MaxMember")]
    [TestCase("""{"Signaling":{"Rooms":{"MaxMembers":"many"}}}""", "MaxMembers")]
    [TestCase("""{"Signaling":{"Rooms":{"MaxMembers":-1}}}""", "MaxMembers")]
    [TestCase("""{"Signaling":{"AllowedOrigins":["example"]}}""", "AllowedOrigins")]
    [TestCase("""{"Signaling":{"PeerJs":{"Key":"myapp"}}}""", "Key")]
    [TestCase("""{"Signaling":{"PeerJs":{"AliveTimeout":"00:00:00"}}}""", "AliveTimeout")]
    public void Wrong_settings_are_found(string json, string expected) => Assert.That(CheckJson(json), Does.Contain(expected));

    [TestCase("Signaling__AllowedOrigins__0=*")]
    [TestCase("Signaling__Ice__TurnSharedSecret")]
    public void A_right_variable_is_accepted(string variable) => Assert.That(CheckVariable(variable), Is.Null);

    [TestCase("Signaling__AllowedOrigin__0=*")]
    [TestCase("Signaling__Ice__Secret")]
    [TestCase("Signaling__Rooms__MaxMembers=many")]
    public void A_wrong_variable_is_found(string variable) => Assert.That(CheckVariable(variable), Is.Not.Null);

    private static string? CheckJson(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Check(new ConfigurationBuilder().AddJsonStream(stream).Build());
    }

    private static string? CheckVariable(string variable)
    {
        string[] parts = variable.Split('=', 2);
        var setting = KeyValuePair.Create(parts[0].Replace("__", ":", StringComparison.Ordinal), parts.Length == 2 ? parts[1] : null);
        return Check(new ConfigurationBuilder().AddInMemoryCollection([setting]).Build());
    }

    private static string? Check(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(SignalingHostOptions.SectionName);
        var host = new SignalingHostOptions();
        var socketIO = new SocketIOOptions();
        var peerJs = new PeerJsOptions();
        var peerServer = new PeerServerOptions();
        var easyRtc = new EasyRtcOptions();
        (string Name, object Options)[] parts = [("SocketIO", socketIO), ("PeerJs", peerJs), ("PeerServer", peerServer), ("EasyRtc", easyRtc)];
        try
        {
            foreach ((string name, object options) in parts)
            {
                section.GetSection(name).Bind(options, static binding => binding.ErrorOnUnknownConfiguration = true);
            }

            new ConfigurationBuilder()
                .AddInMemoryCollection(section.AsEnumerable(makePathsRelative: true).Where(setting => parts.All(part => setting.Key.Split(':')[0] != part.Name)))
                .Build()
                .Bind(host, static binding => binding.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException problem)
        {
            return $"{problem.Message} {problem.InnerException?.Message}";
        }

        IEnumerable<string> problems =
        [
            .. host.Validate(), .. socketIO.Validate("SocketIO"), .. peerJs.Validate("PeerJs"), .. peerServer.Validate("PeerServer"), .. easyRtc.Validate("EasyRtc"),
        ];
        return string.Join(" ", problems) is { Length: > 0 } sentence ? sentence : null;
    }

    [GeneratedRegex(@"\bSignaling__\w+(?:=[^\s`""']+)?")]
    private static partial Regex VariablePattern();
}
