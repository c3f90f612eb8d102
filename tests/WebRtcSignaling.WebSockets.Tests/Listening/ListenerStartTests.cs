using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

public sealed class ListenerStartTests
{
    [Test]
    public async Task Several_endpoints_serve_one_server()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(configure: static options =>
        {
            options.Endpoints.Add(new(new IPEndPoint(IPAddress.Loopback, 0), TestCertificate.Localhost));
            options.Endpoints.Add(new(new UnixDomainSocketEndPoint(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()))));
        });
        IReadOnlyList<EndPoint> endpoints = host.Listener.Endpoints;

        using RawClient plain = await RawClient.ConnectAsync(endpoints[0]);
        using RawClient encrypted = await RawClient.ConnectAsync(endpoints[1], tls: true);
        using RawClient unix = await RawClient.ConnectAsync(endpoints[2]);
        foreach (RawClient client in new[] { plain, encrypted, unix })
        {
            await client.UpgradeAsync();
            await client.ReadTextAsync();
        }

        Assert.Multiple(() =>
        {
            Assert.That(endpoints.Take(2).Select(static endpoint => ((IPEndPoint)endpoint).Port), Is.All.GreaterThan(0));
            Assert.That(host.Server.SessionCount, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task IPv6_any_takes_IPv4_too()
    {
        if (!Socket.OSSupportsIPv6)
        {
            Assert.Ignore("This machine has no IPv6.");
        }

        await using ListenerHost host = await ListenerHost.StartAsync(configure: static options =>
        {
            options.Endpoints.Clear();
            options.Endpoints.Add(new(new IPEndPoint(IPAddress.IPv6Any, 0)));
        });
        int port = ((IPEndPoint)host.Listener.Endpoints[0]).Port;
        foreach (IPAddress address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using RawClient client = await RawClient.ConnectAsync(new IPEndPoint(address, port));
            await client.UpgradeAsync();
        }
    }

    [Test]
    public async Task If_one_address_cannot_be_had_none_is_taken_and_the_start_can_be_tried_again()
    {
        await using ListenerHost first = await ListenerHost.StartAsync();
        EndPoint taken = first.Listener.Endpoints[0];
        await using var second = new ListenerHost(Wire.Unix, options => options.Endpoints.Add(new(taken)));

        IOException exception = Assert.ThrowsAsync<IOException>(() => second.Listener.StartAsync());

        Assert.Multiple(() =>
        {
            Assert.That(exception.Message, Does.Contain(taken.ToString()));
            Assert.That(second.Listener.Endpoints, Is.Empty);
            Assert.That(File.Exists(second.UnixPath), Is.False);
        });
        await first.Listener.StopAsync().Soon();
        await second.Listener.StartAsync();
        Assert.That(second.Listener.Endpoints, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task It_starts_once()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();

        Assert.ThrowsAsync<InvalidOperationException>(() => host.Listener.StartAsync());
    }

    [Test]
    public async Task The_file_of_a_socket_that_nobody_listens_to_is_replaced()
    {
        await using var host = new ListenerHost(Wire.Unix);
        await LeaveSocketBehindAsync(host.UnixPath);
        Assert.That(File.Exists(host.UnixPath), "nothing was left behind");

        await host.Listener.StartAsync();

        using RawClient client = await host.JoinAsync();
    }

    [Test]
    public async Task The_file_of_a_socket_that_somebody_listens_to_is_left_alone()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(Wire.Unix);
        await using var second = new SignalingListener(host.Server, new() { Endpoints = { new(new UnixDomainSocketEndPoint(host.UnixPath)) } });

        Assert.ThrowsAsync<IOException>(() => second.StartAsync());

        using RawClient client = await host.JoinAsync();
    }

    [Test]
    public async Task A_file_that_is_no_socket_is_left_alone([Values("", "precious")] string content)
    {
        await using var host = new ListenerHost(Wire.Unix);
        await File.WriteAllTextAsync(host.UnixPath, content);

        Assert.ThrowsAsync<IOException>(() => host.Listener.StartAsync());

        Assert.That(await File.ReadAllTextAsync(host.UnixPath), Is.EqualTo(content));
    }

    [Test]
    public void A_certificate_without_its_key_is_refused()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(TestCertificate.Localhost.RawData);

        Assert.Throws<ArgumentException>(() => _ = new ListenEndpoint(new IPEndPoint(IPAddress.Loopback, 0), certificate));
    }

    /// <summary>What a process that is killed leaves behind: moved away, so that closing the socket does not find its file.</summary>
    private static Task LeaveSocketBehindAsync(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + "-"));
        socket.Listen();
        File.Move(path + "-", path);
        return Task.CompletedTask;
    }
}
