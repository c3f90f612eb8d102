using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Ice.Coturn;

/// <summary>A real TURN server takes the credentials that we make, and refuses the ones that it should.</summary>
[CancelAfter(60_000)]
[NonParallelizable]
public sealed class CoturnTests
{
    private const string Secret = "shared with coturn: pässword";

    private CoturnServer _server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await CoturnServer.StartAsync(Secret);

    [OneTimeTearDown]
    public async Task StopServer()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [TearDown]
    public void ShowLog()
    {
        if (TestContext.CurrentContext.Result.FailCount > 0)
        {
            TestContext.Out.WriteLine(_server.LogText);
        }
    }

    [Test]
    public async Task Binding_tells_a_client_its_own_address(CancellationToken cancellationToken)
    {
        using var client = new TurnClient(_server.Address);

        StunMessage response = await client.BindAsync(cancellationToken);

        Assert.That(response.Type, Is.EqualTo(StunType.BindingSuccess));
        Assert.That(response.FindAddress(StunAttribute.XorMappedAddress), Is.EqualTo(client.LocalAddress));
    }

    [Test]
    public async Task Without_credentials_nothing_is_allocated(CancellationToken cancellationToken)
    {
        using var client = new TurnClient(_server.Address);

        StunMessage response = await client.AllocateWithoutCredentialsAsync(cancellationToken);

        Assert.That((response.Type, response.FindErrorCode()), Is.EqualTo((StunType.AllocateError, (int?)401)));
    }

    [Test]
    public async Task Two_clients_with_our_credentials_exchange_bytes_through_the_relay(CancellationToken cancellationToken)
    {
        using var alice = new TurnClient(_server.Address);
        using var bob = new TurnClient(_server.Address);
        IPEndPoint aliceRelay = await AllocateAsync(alice, await GetServerAsync("alice"), cancellationToken);
        IPEndPoint bobRelay = await AllocateAsync(bob, await GetServerAsync("bob"), cancellationToken);
        await alice.CreatePermissionAsync(bobRelay, cancellationToken);
        await bob.CreatePermissionAsync(aliceRelay, cancellationToken);
        byte[] toBob = RandomNumberGenerator.GetBytes(1001);
        byte[] toAlice = RandomNumberGenerator.GetBytes(1000);

        await alice.SendAsync(bobRelay, toBob, cancellationToken);
        (IPEndPoint from, byte[] data) = await bob.ReceiveAsync(cancellationToken);
        Assert.That(from, Is.EqualTo(aliceRelay));
        Assert.That(data, Is.EqualTo(toBob));

        await bob.SendAsync(aliceRelay, toAlice, cancellationToken);
        (from, data) = await alice.ReceiveAsync(cancellationToken);
        Assert.That(from, Is.EqualTo(bobRelay));
        Assert.That(data, Is.EqualTo(toAlice));
    }

    [Test]
    public async Task A_client_with_our_credentials_reaches_a_peer_that_has_none(CancellationToken cancellationToken)
    {
        using var client = new TurnClient(_server.Address);
        using var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var peerAddress = (IPEndPoint)peer.Client.LocalEndPoint!;
        IPEndPoint relay = await AllocateAsync(client, await GetServerAsync("client"), cancellationToken);
        await client.CreatePermissionAsync(peerAddress, cancellationToken);

        await client.SendAsync(peerAddress, "there"u8.ToArray(), cancellationToken);
        UdpReceiveResult received = await peer.ReceiveAsync(cancellationToken);
        Assert.That(received.RemoteEndPoint, Is.EqualTo(relay));
        Assert.That(received.Buffer, Is.EqualTo("there"u8.ToArray()));

        await peer.SendAsync("and back"u8.ToArray(), relay, cancellationToken);
        (IPEndPoint from, byte[] data) = await client.ReceiveAsync(cancellationToken);
        Assert.That(from, Is.EqualTo(peerAddress));
        Assert.That(data, Is.EqualTo("and back"u8.ToArray()));

        Assert.That((await client.RefreshAsync(0, cancellationToken)).Type, Is.EqualTo(StunType.RefreshSuccess));
    }

    [TestCase("0123456789abcdef0123456789abcdef")]
    [TestCase("A-Z_a.z~0@9+")]
    [TestCase("")]
    [TestCase("Zoë 😀")]
    [TestCase("1700000000:somebody else")]
    [TestCase("x'; select * from turnusers_lt; --")]
    public async Task Whatever_the_client_id_the_credentials_work(string clientId, CancellationToken cancellationToken)
    {
        using var client = new TurnClient(_server.Address);

        await AllocateAsync(client, await GetServerAsync(clientId), cancellationToken);
    }

    [Test]
    public async Task The_longest_client_id_works(CancellationToken cancellationToken)
    {
        using var client = new TurnClient(_server.Address);

        await AllocateAsync(client, await GetServerAsync(new string('m', 128)), cancellationToken);
    }

    [Test]
    public async Task Credentials_work_until_their_last_minute(CancellationToken cancellationToken)
    {
        using var client = new TurnClient(_server.Address);

        await AllocateAsync(client, await GetServerAsync("late", age: TimeSpan.FromMinutes(59)), cancellationToken);
    }

    [Test]
    public async Task Credentials_that_have_expired_are_refused(CancellationToken cancellationToken) =>
        await AssertRefusedAsync(await GetServerAsync("late", age: TimeSpan.FromMinutes(61)), cancellationToken);

    [Test]
    public async Task Credentials_made_with_another_secret_are_refused(CancellationToken cancellationToken) =>
        await AssertRefusedAsync(await GetServerAsync("mallory", secret: "guessed"), cancellationToken);

    [Test]
    public async Task Nobody_can_give_expired_credentials_a_later_expiry(CancellationToken cancellationToken)
    {
        IceServer expired = await GetServerAsync("mallory", age: TimeSpan.FromMinutes(61));
        IceServer good = await GetServerAsync("mallory");

        await AssertRefusedAsync(expired with { Username = good.Username }, cancellationToken);
    }

    [Test]
    public async Task Credentials_of_one_client_are_not_good_for_the_name_of_another(CancellationToken cancellationToken)
    {
        IceServer mallory = await GetServerAsync("mallory");
        IceServer alice = await GetServerAsync("alice");

        await AssertRefusedAsync(mallory with { Username = alice.Username }, cancellationToken);
    }

    /// <summary>What a client got that long ago, with credentials that are good for one hour.</summary>
    private async Task<IceServer> GetServerAsync(string clientId, string secret = Secret, TimeSpan age = default)
    {
        // The server goes by the real time, so the clock has to start from it.
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow() - age);
        var options = new IceOptions
        {
            TurnUrls = { $"turn:{_server.Address}?transport=udp" },
            TurnSharedSecret = secret,
            TurnCredentialLifetime = TimeSpan.FromHours(1),
        };
        var provider = new ConfiguredIceServerProvider(options, clock);
        return (await provider.GetIceServersAsync(new IceServerRequest("default", clientId, null), CancellationToken.None)).Single();
    }

    private static async Task<IPEndPoint> AllocateAsync(TurnClient client, IceServer server, CancellationToken cancellationToken)
    {
        StunMessage response = await client.AllocateAsync(server.Username!, server.Credential!, cancellationToken);
        Assert.That((response.Type, response.FindErrorCode()), Is.EqualTo((StunType.AllocateSuccess, (int?)null)));
        Assert.That(client.IsSignedByServer(response), "the server proves that it knows the password");
        return response.FindAddress(StunAttribute.XorRelayedAddress)!;
    }

    private async Task AssertRefusedAsync(IceServer server, CancellationToken cancellationToken)
    {
        using var client = new TurnClient(_server.Address);
        StunMessage response = await client.AllocateAsync(server.Username!, server.Credential!, cancellationToken);
        Assert.That((response.Type, response.FindErrorCode()), Is.EqualTo((StunType.AllocateError, (int?)401)));
    }
}
