using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Compatibility.PeerJs;
using WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs;

internal sealed class PeerJsOptionsTests
{
    private static readonly TestCaseData[] _wrong =
    [
        Wrong("Keys:0", static options => options.Keys.Add("")),
        Wrong("Keys:0", static options => options.Keys.Add("a/b")),
        Wrong("Keys:0", static options => options.Keys.Add("{key}")),
        Wrong("Keys:0", static options => options.Keys.Add("..")),
        Wrong("Keys:1", static options => Array.ForEach(["a", new string('a', 65)], options.Keys.Add)),
        Wrong("MaxClients", static options => options.MaxClients = 0),
        Wrong("AliveTimeout", static options => options.AliveTimeout = TimeSpan.FromMilliseconds(999)),
        Wrong("CloseTimeout", static options => options.CloseTimeout = TimeSpan.FromMinutes(61)),
        Wrong("ExpireTimeout", static options => options.ExpireTimeout = TimeSpan.Zero),
        Wrong("MaxWaitingPerTarget", static options => options.MaxWaitingPerTarget = 0),
        Wrong("MaxWaitingPerSender", static options => options.MaxWaitingPerSender = 0),
        Wrong("MaxWaitingBytesPerSender", static options => options.MaxWaitingBytesPerSender = 0),
        Wrong("MaxWaiting", static options => options.MaxWaiting = 0),
        Wrong("MaxWaitingBytes", static options => options.MaxWaitingBytes = 0),
        Wrong("MaxMessagesPerSecond", static options => options.MaxMessagesPerSecond = 0),
        Wrong("MaxBurst", static options => options.MaxBurst = 0),
        Wrong("MaxMessageBytes", static options => options.MaxMessageBytes = 1_023),
        Wrong("MaxBufferedBytes", static options => options.MaxBufferedBytes = 65_535),
    ];

    [Test]
    public void The_defaults_are_right() => Assert.That(new PeerJsOptions().Validate("x"), Is.Empty);

    [TestCaseSource(nameof(_wrong))]
    public void A_wrong_setting_stops_the_app_and_is_named(string name, Action<PeerJsOptions> configure)
    {
        OptionsValidationException? refusal = Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using PeerJsApp app = await PeerJsApp.StartAsync(configure, map: static _ => { });
        });
        Assert.That(refusal!.Message, Does.StartWith($"Signaling:PeerJs:{name} must "));
    }

    [Test]
    public async Task Settings_come_from_the_configuration_and_decide_what_the_application_is_like()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(settings:
        [
            new("Signaling:PeerJs:Keys:0", "tea"),
            new("Signaling:PeerJs:MaxClients", "7"),
            new("Signaling:PeerJs:ExpireTimeout", "00:00:02"),
            new("Signaling:PeerJs:MaxWaitingPerTarget", "3"),
            new("Signaling:PeerJs:MaxWaitingPerSender", "4"),
            new("Signaling:PeerJs:MaxWaiting", "5"),
            new("Signaling:PeerJs:MaxWaitingBytes", "6"),
            new("Signaling:PeerJs:MaxWaitingBytesPerSender", "8"),
        ]);
        ApplicationOptions options = app.Server.FindApplication("tea")!.Options;
        Assert.Multiple(() =>
        {
            Assert.That(app.Server.FindApplication("peerjs"), Is.Null);
            Assert.That(options.AllowDirectSignals, Is.True);
            Assert.That(options.AllowDirectMessages, Is.False);
            Assert.That(options.WaitingSignals.MaxBytesPerSender, Is.EqualTo(8));
            Assert.That(options.MaxSessions, Is.EqualTo(7));
            Assert.That(options.WaitingSignals.Timeout, Is.EqualTo(TimeSpan.FromSeconds(2)));
            Assert.That(
                (options.WaitingSignals.MaxPerTarget, options.WaitingSignals.MaxPerSender, options.WaitingSignals.MaxSignals, options.WaitingSignals.MaxBytes),
                Is.EqualTo((3, 4, 5, 6)));
        });
    }

    [Test]
    public async Task Every_setting_can_be_configured()
    {
        var names = new List<string>();
        foreach (System.Reflection.PropertyInfo property in typeof(PeerJsOptions).GetProperties().Where(static property => property.CanWrite))
        {
            object other = property.GetValue(new PeerJsOptions()) switch
            {
                bool flag => !flag,
                int number => number + 1,
                TimeSpan time => time + TimeSpan.FromSeconds(1),
                object value => throw new NotSupportedException($"{property.Name}: {value}"),
                null => throw new NotSupportedException(property.Name),
            };
            await using PeerJsApp app = await PeerJsApp.StartAsync(settings: [new($"Signaling:PeerJs:{property.Name}", $"{other}")]);
            Assert.That(property.GetValue(app.Options), Is.EqualTo(other), property.Name);
            names.Add(property.Name);
        }

        Assert.That(names, Has.Count.GreaterThan(10));
    }

    [Test]
    public async Task An_app_without_MapPeerJs_has_no_such_application()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(map: static app => app.MapSocketIO());
        Assert.That(app.Server.FindApplication("peerjs"), Is.Null);
    }

    [Test]
    public async Task An_application_of_the_settings_keeps_them()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(
            configureHost: static options => options.Applications["peerjs"] = new() { AllowDirectSignals = true, MaxSessions = 1 });
        using SocketClient ann = await app.ConnectAsync("ann");
        using SocketClient ben = await app.OpenAsync("ben", "token");
        Assert.That(await ben.ReceiveAsync(), Does.Contain("limit"));
        await ann.SendAsync("""{"type":"OFFER","dst":"ben"}""");
        Assert.That(await ann.ReceiveAsync(), Is.EqualTo("""{"type":"EXPIRE","src":"ben","dst":"ann"}"""), "nothing waits where that is not said");
    }

    [TestCase("peerjs")]
    [TestCase("default")]
    public void An_application_without_direct_signals_cannot_be_that_of_a_key(string key)
    {
        InvalidOperationException? refusal = Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using PeerJsApp app = await PeerJsApp.StartAsync(
                options => options.Keys.Add(key), static options => options.Applications["peerjs"] = new());
        });
        Assert.That(refusal!.Message, Does.Contain($"Signaling:Applications:{key}:AllowDirectSignals"));
    }

    [Test]
    public async Task Clients_of_another_endpoint_cannot_choose_the_application_of_a_key()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(map: static app =>
        {
            app.MapPeerJs();
            app.MapSignaling();
        });
        Assert.ThrowsAsync<InvalidOperationException>(() => app.OpenAsync("?application=peerjs", path: "/signaling"));
        using SocketClient native = await app.OpenAsync("", path: "/signaling");
        Assert.That(await native.ReceiveAsync(), Does.Contain("welcome"));
    }

    [Test]
    public void Mapping_it_without_AddCompatibility_says_what_to_call()
    {
        WebApplication bare = WebApplication.CreateSlimBuilder().Build();
        Assert.That(() => bare.MapPeerJs(), Throws.InvalidOperationException.With.Message.Contains("AddCompatibility"));
    }

    [Test]
    public async Task Conventions_reach_all_endpoints()
    {
        await using PeerJsApp app = await PeerJsApp.StartAsync(map: static app => app.MapPeerJs().RequireHost("elsewhere.example"));
        using HttpClient http = app.CreateHttpClient();
        foreach (string path in new[] { "/peerjs", "/peerjs/id", "/peerjs/peers" })
        {
            using HttpResponseMessage response = await http.GetAsync(path);
            Assert.That((int)response.StatusCode, Is.EqualTo(404), path);
        }
    }

    private static TestCaseData Wrong(string name, Action<PeerJsOptions> configure) => new TestCaseData(name, configure).SetArgDisplayNames(name);
}
