using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Tests.Apps;

namespace WebRtcSignaling.AspNetCore.Tests.Configuration;

[TestFixture]
public sealed class SettingsTests
{
    [Test]
    public void Settings_come_from_the_configuration_and_then_from_code()
    {
        SignalingHostOptions options = Bind(
            new()
            {
                ["Signaling:Rooms:MaxMembers"] = "7",
                ["Signaling:Rooms:MaxRooms"] = "8",
            },
            configured => configured.Rooms.MaxRooms++);
        Assert.Multiple(() =>
        {
            Assert.That(options.Rooms.MaxMembers, Is.EqualTo(7));
            Assert.That(options.Rooms.MaxRooms, Is.EqualTo(9));
        });
    }

    [Test]
    public void Adding_signaling_twice_reads_the_configuration_once()
    {
        using ServiceProvider services = Services(new() { ["Signaling:AllowedOrigins:0"] = "https://a.example" })
            .AddSignaling(options => options.AllowedOrigins.Add("https://b.example")).Services
            .AddSignaling(options => options.AllowedOrigins.Add("https://c.example")).Services
            .BuildServiceProvider();
        Assert.That(
            services.GetRequiredService<IOptions<SignalingHostOptions>>().Value.AllowedOrigins,
            Is.EqualTo(new[] { "https://a.example", "https://b.example", "https://c.example" }));
    }

    [Test]
    public void Without_a_configuration_the_defaults_hold()
    {
        using ServiceProvider services = new ServiceCollection().AddSignaling().Services.BuildServiceProvider();
        Assert.That(services.GetRequiredService<SignalingServer>().Options.Rooms.MaxMembers, Is.EqualTo(1_000));
    }

    [Test]
    public void Lists_and_dictionaries_are_read_in_full()
    {
        SignalingHostOptions options = Bind(new()
        {
            ["Signaling:Applications:chess:AllowDirectSignals"] = "true",
            ["Signaling:Applications:chess:MaxSessions"] = "9",
            ["Signaling:Applications:chess:WaitingSignals:Timeout"] = "00:00:07",
            ["Signaling:Applications:default:AllowClientGroups"] = "true",
            ["Signaling:Ice:Servers:0:Urls:0"] = "stun:stun.example.org",
            ["Signaling:Ice:Servers:1:Urls:0"] = "turn:turn.example.org",
            ["Signaling:Ice:Servers:1:Username"] = "u",
            ["Signaling:Ice:Servers:1:Credential"] = "c",
            ["Signaling:Ice:TurnUrls:0"] = "turns:turn.example.org",
            ["Signaling:Ice:TurnSharedSecret"] = "s",
            ["Signaling:Rooms:Permissions:Member"] = "Signal, Message",
        });
        Assert.Multiple(() =>
        {
            Assert.That(options.Applications.Keys, Is.EquivalentTo(new[] { "chess", "default" }));
            Assert.That(options.Applications["chess"].AllowDirectSignals, Is.True);
            Assert.That(options.Applications["default"].AllowClientGroups, Is.True);
            Assert.That(options.Ice.Servers.Select(server => server.Urls.Single()), Is.EqualTo(new[] { "stun:stun.example.org", "turn:turn.example.org" }));
            Assert.That(options.Ice.Servers[1].Credential, Is.EqualTo("c"));
            Assert.That(options.Ice.TurnUrls, Is.EqualTo(new[] { "turns:turn.example.org" }));
            Assert.That(options.Rooms.Permissions.Member, Is.EqualTo(Rooms.RoomPermissions.Signal | Rooms.RoomPermissions.Message));
        });
    }

    [Test]
    [NonParallelizable]
    public async Task The_environment_allows_all_origins()
    {
        const string Variable = "Signaling__AllowedOrigins__0";
        Environment.SetEnvironmentVariable(Variable, "*");
        try
        {
            await using TestApp app = await TestApp.StartAsync();
            Assert.That(app.Services.GetRequiredService<IOptions<SignalingHostOptions>>().Value.AllowedOrigins, Is.EqualTo(new[] { "*" }));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [TestCase("Signaling:Rooms:MaxMembers", "0", "Signaling:Rooms:MaxMembers must be at least 1")]
    [TestCase("Signaling:Sessions:MaxSessions", "-1", "Signaling:Sessions:MaxSessions must be at least 1")]
    [TestCase("Signaling:Calls:RingTimeout", "00:00:00", "Signaling:Calls:RingTimeout must be")]
    [TestCase("Signaling:MessageBoxes:MaxBoxes", "0", "Signaling:MessageBoxes:MaxBoxes must be at least 1")]
    [TestCase("Signaling:Ice:TurnUrls:0", "turn:turn.example.org", "Signaling:Ice:TurnSharedSecret is empty")]
    [TestCase("Signaling:Ice:Servers:0:Urls:0", "stun:", "Signaling:Ice:Servers:0:Urls:0 ")]
    [TestCase("Signaling:WebSockets:MaxMessageBytes", "12", "Signaling:WebSockets:MaxMessageBytes must be between")]
    [TestCase("Signaling:AllowedOrigins:0", "https://example.org/page", "Signaling:AllowedOrigins:0 is ")]
    [TestCase("Signaling:DefaultApplication", "", "Signaling:DefaultApplication must have")]
    public async Task A_wrong_setting_stops_the_app_at_its_start_and_is_named(string name, string value, string message)
    {
        await using WebApplication app = TestApp.Create(map: _ => { }, settings: [KeyValuePair.Create(name, (string?)value)]).Web;
        var exception = Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());
        Assert.That(exception.Message, Does.StartWith(message));
    }

    [TestCase("Signaling:Rooms:MaxMembers", "many")]
    [TestCase("Signaling:Calls:RingTimeout", "soon")]
    [TestCase("Signaling:AutoCreateApplications", "perhaps")]
    [TestCase("Signaling:Rooms:OwnerLeaves", "Cry")]
    public async Task A_setting_of_the_wrong_kind_stops_the_app_at_its_start_and_is_named(string name, string value)
    {
        await using WebApplication app = TestApp.Create(map: _ => { }, settings: [KeyValuePair.Create(name, (string?)value)]).Web;
        var exception = Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
        Assert.That(exception.Message, Does.Contain(name));
    }

    [Test]
    public void All_wrong_settings_are_named_at_once()
    {
        using ServiceProvider services = Services(new()
        {
            ["Signaling:Rooms:MaxMembers"] = "0",
            ["Signaling:WebSockets:PingInterval"] = "0",
        }).AddSignaling().Services.BuildServiceProvider();
        var exception = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<SignalingServer>());
        Assert.That(exception.Failures, Has.Exactly(2).Items);
    }

    private static IServiceCollection Services(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    private static SignalingHostOptions Bind(Dictionary<string, string?> settings, Action<SignalingHostOptions>? configure = null)
    {
        using ServiceProvider services = Services(settings).AddSignaling(configure).Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<SignalingHostOptions>>().Value;
    }
}
