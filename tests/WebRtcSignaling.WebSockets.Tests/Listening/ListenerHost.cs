using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Listening;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>A listener that runs on an endpoint of the given kind, with a server and a clock that stands still.</summary>
internal sealed class ListenerHost : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("signaling-");

    public ListenerHost(
        Wire wire = Wire.Tcp,
        Action<SignalingListenerOptions>? configure = null,
        ILoggerFactory? loggerFactory = null,
        ITicketRedeemer? tickets = null,
        SignalingOptions? server = null)
    {
        Wire = wire;
        SignalingOptions options = server ?? Lifetimes.OfConnections();
        options.Sessions.ResumeTimeout = TimeSpan.Zero;
        options.AutoCreateApplications = true;
        Server = new(options, timeProvider: Time);
        Options.Endpoints.Add(Endpoint(wire));
        configure?.Invoke(Options);
        Listener = new(Server, Options, Time, loggerFactory, tickets);
    }

    public Wire Wire { get; }

    public ManualTimeProvider Time { get; } = new();

    public SignalingServer Server { get; }

    public SignalingListenerOptions Options { get; } = new();

    public SignalingListener Listener { get; }

    public string UnixPath => Path.Combine(_directory.FullName, "socket");

    public static async Task<ListenerHost> StartAsync(
        Wire wire = Wire.Tcp,
        Action<SignalingListenerOptions>? configure = null,
        ILoggerFactory? loggerFactory = null,
        ITicketRedeemer? tickets = null,
        SignalingOptions? server = null)
    {
        var host = new ListenerHost(wire, configure, loggerFactory, tickets, server);
        await host.Listener.StartAsync();
        return host;
    }

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Listener.Endpoints[0], Wire == Wire.Tls);

    /// <summary>A client with a session: it has got its welcome.</summary>
    public async Task<RawClient> JoinAsync()
    {
        RawClient client = await ConnectAsync();
        await client.UpgradeAsync();
        Assert.That(await client.ReadTextAsync(), Does.StartWith("{\"type\":\"welcome\""));
        return client;
    }

    /// <summary>Waits until nothing of any client is left, and looks whether the server still serves.</summary>
    public async Task AssertNothingIsLeftAsync()
    {
        await Patience.Until(
            () => Listener.HandshakeCount == 0 && Listener.ConnectionCount == 0 && Server.SessionCount == 0, "an empty listener");
        using RawClient client = await JoinAsync();
        Assert.That((Listener.ConnectionCount, Server.SessionCount), Is.EqualTo((1, 1)));
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await Listener.StopAsync(now.Token).Soon();
        Assert.That((Listener.HandshakeCount, Listener.ConnectionCount, Server.SessionCount), Is.EqualTo((0, 0, 0)));
        Server.Dispose();
        Assert.That(Time.UndisposedTimers, Is.Zero);
        _directory.Delete(recursive: true);
    }

    private ListenEndpoint Endpoint(Wire wire) => wire switch
    {
        Wire.Tls => new(new IPEndPoint(IPAddress.Loopback, 0), TestCertificate.Localhost),
        Wire.Unix => new(new UnixDomainSocketEndPoint(UnixPath)),
        _ => new(new IPEndPoint(IPAddress.Loopback, 0)),
    };
}
