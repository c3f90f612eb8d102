using WebRtcSignaling.Ice;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Ice;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConfiguredIceServerProviderTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_900);

    private readonly ManualTimeProvider _clock = new(Start);

    [Test]
    public async Task Fixed_servers_come_in_their_order_with_their_credentials()
    {
        var options = new IceOptions
        {
            Servers =
            {
                new IceServerOptions { Urls = { "stun:a.example", "stun:b.example" } },
                new IceServerOptions { Urls = { "turn:c.example" }, Username = "u", Credential = "p" },
            },
        };

        IReadOnlyList<IceServer> servers = await Ask(options, "client");

        Assert.That(servers, Is.EqualTo([
            new IceServer(["stun:a.example", "stun:b.example"]),
            new IceServer(["turn:c.example"], "u", "p"),
        ]));
    }

    [Test]
    public async Task Without_a_shared_secret_everybody_gets_the_same_list_and_asking_allocates_nothing()
    {
        var options = new IceOptions { Servers = { new IceServerOptions { Urls = { "stun:a.example" } } } };
        var provider = new ConfiguredIceServerProvider(options, _clock);
        var request = new IceServerRequest("default", "client", null);
        IReadOnlyList<IceServer> first = await provider.GetIceServersAsync(request, CancellationToken.None);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool same = true;
        for (int i = 0; i < 1000; i++)
        {
            ValueTask<IReadOnlyList<IceServer>> answer = provider.GetIceServersAsync(request, CancellationToken.None);
            same &= answer.IsCompletedSuccessfully && ReferenceEquals(await answer, first);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Multiple(() =>
        {
            Assert.That(same);
            Assert.That(allocated, Is.LessThan(1000), "bytes in 1,000 calls");
        });
    }

    [Test]
    public async Task Time_limited_credentials_have_the_form_of_the_TURN_REST_API()
    {
        var options = new IceOptions
        {
            Servers = { new IceServerOptions { Urls = { "stun:a.example" } } },
            TurnUrls = { "turn:t.example?transport=udp", "turns:t.example?transport=tcp" },
            TurnSharedSecret = "north wind é",
            TurnCredentialLifetime = TimeSpan.FromHours(1),
        };

        IReadOnlyList<IceServer> servers = await Ask(options, "client-7");

        // printf '1700003600:client-7' | openssl dgst -sha1 -hmac 'north wind é' -binary | base64
        const string Expected = "EGsLscqMT8rYFyZxZor+UDHfIjI=";
        Assert.That(servers, Is.EqualTo([
            new IceServer(["stun:a.example"]),
            new IceServer(["turn:t.example?transport=udp", "turns:t.example?transport=tcp"], "1700003600:client-7", Expected),
        ]));
    }

    [Test]
    public async Task Credentials_asked_for_later_expire_later()
    {
        var provider = new ConfiguredIceServerProvider(WithTurn("s", TimeSpan.FromMinutes(10)), _clock);
        var request = new IceServerRequest("default", "c", null);

        IceServer first = (await provider.GetIceServersAsync(request, CancellationToken.None)).Single();
        _clock.Advance(TimeSpan.FromMinutes(5));
        IceServer second = (await provider.GetIceServersAsync(request, CancellationToken.None)).Single();

        Assert.Multiple(() =>
        {
            Assert.That(first.Username, Is.EqualTo("1700000600:c"));
            Assert.That(second.Username, Is.EqualTo("1700000900:c"));
            Assert.That(second.Credential, Is.Not.EqualTo(first.Credential));
        });
    }

    [TestCase("")]
    [TestCase("Zoë")]
    [TestCase("a:b")]
    [TestCase("x' or 1=1; select from")]
    [TestCase("\ud800 half a pair")]
    public async Task A_client_id_that_is_not_plain_appears_as_a_digest(string clientId)
    {
        IceServer server = (await Ask(WithTurn("s", TimeSpan.FromMinutes(10)), clientId)).Single();

        Assert.That(server.Username, Does.Match("^1700000600:[0-9a-f]{32}$"));
    }

    [Test]
    public async Task A_user_name_stays_within_what_STUN_allows_however_long_the_client_id_is()
    {
        IceServer longest = (await Ask(WithTurn("s", TimeSpan.FromMinutes(10)), new string('a', 128))).Single();
        IceServer tooLong = (await Ask(WithTurn("s", TimeSpan.FromMinutes(10)), new string('a', 129))).Single();

        Assert.Multiple(() =>
        {
            Assert.That(longest.Username, Is.EqualTo("1700000600:" + new string('a', 128)));
            Assert.That(tooLong.Username, Has.Length.EqualTo("1700000600:".Length + 32));
        });
    }

    [Test]
    public async Task Settings_changed_later_have_no_effect()
    {
        IceOptions options = WithTurn("s", TimeSpan.FromMinutes(10));
        options.Servers.Add(new IceServerOptions { Urls = { "stun:a.example" } });
        var provider = new ConfiguredIceServerProvider(options, _clock);

        options.Servers[0].Urls.Add("stun:b.example");
        options.Servers.Clear();
        options.TurnUrls.Clear();
        var request = new IceServerRequest("default", "c", null);
        IReadOnlyList<IceServer> servers = await provider.GetIceServersAsync(request, CancellationToken.None);

        Assert.That(servers.Select(static server => server.Urls.Single()), Is.EqualTo(["stun:a.example", "turn:t.example"]));
    }

    [Test]
    public void Settings_that_are_not_valid_are_refused_by_name() =>
        Assert.That(
            () => new ConfiguredIceServerProvider(new IceOptions { TurnUrls = { "turn:t.example" } }, _clock),
            Throws.ArgumentException.With.Message.Contains("Ice:TurnSharedSecret"));

    [Test]
    public void The_text_of_a_server_does_not_show_its_credential()
    {
        string text = new IceServer(["turn:t.example", "turns:t.example"], "user", "hush").ToString();

        Assert.That(text, Is.EqualTo("IceServer { Urls = turn:t.example, turns:t.example, Username = user, Credential = *** }"));
        Assert.That(new IceServer(["stun:s.example"]).ToString(), Is.EqualTo("IceServer { Urls = stun:s.example }"));
    }

    [Test]
    public void Servers_are_equal_when_their_values_are()
    {
        var server = new IceServer(["stun:a", "stun:b"], "u", "c");
        var same = new IceServer(["stun:a", "stun:b"], "u", "c");

        Assert.Multiple(() =>
        {
            Assert.That(server, Is.EqualTo(same));
            Assert.That(server.GetHashCode(), Is.EqualTo(same.GetHashCode()));
            Assert.That(server, Is.Not.EqualTo(same with { Urls = ["stun:a"] }));
            Assert.That(server, Is.Not.EqualTo(same with { Credential = "d" }));
            Assert.That(server, Is.Not.EqualTo(same with { Username = null }));
        });
    }

    private static IceOptions WithTurn(string secret, TimeSpan lifetime) =>
        new() { TurnUrls = { "turn:t.example" }, TurnSharedSecret = secret, TurnCredentialLifetime = lifetime };

    private ValueTask<IReadOnlyList<IceServer>> Ask(IceOptions options, string clientId) =>
        new ConfiguredIceServerProvider(options, _clock)
            .GetIceServersAsync(new IceServerRequest("default", clientId, null), CancellationToken.None);
}
