using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Compatibility.Tests.EventDialects;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>A server that speaks EasyRTC with clients that have no wire, at noon on the first day of 2026.</summary>
internal sealed class EasyRtcWorld : IDisposable
{
    private readonly EasyRtcDialect _dialect;

    public EasyRtcWorld(
        EasyRtcOptions? options = null,
        SignalingOptions? server = null,
        ISignalingAuthorizer? authorizer = null,
        IIceServerProvider? iceServers = null,
        IEasyRtcMessageHandler? handler = null)
    {
        Server = new SignalingServer(server, authorizer, iceServers, Time);
        _dialect = new EasyRtcDialect(new EasyRtcServices(Options.Create(options ?? new()), new ClientApplications(Reserved), Clients, handler, Time));
        _dialect.Prepare(Server);
    }

    public ManualTimeProvider Time { get; } = new();

    public SignalingServer Server { get; }

    public EasyRtcClients Clients { get; } = new();

    public ReservedApplications Reserved { get; } = new();

    /// <summary>A client that has not authenticated.</summary>
    /// <param name="endpoint">The application of the endpoint that it uses.</param>
    public EasyRtcPeer Connect(string? endpoint = null) => new(new FakePeer(Server, _dialect) { Application = endpoint }, Time);

    /// <summary>A client that has authenticated.</summary>
    /// <param name="rooms">The rooms that it asks for; none for the default one.</param>
    public async Task<EasyRtcPeer> EnterAsync(params string[] rooms)
    {
        EasyRtcPeer peer = Connect();
        string token = await peer.AuthenticateAsync($$"""{"apiVersion":"1.1.1-beta","roomJoin":{{Rooms(rooms)}}}""");
        Assert.That(token, Does.StartWith("""{"msgType":"token","""));
        return peer;
    }

    /// <summary>Clients of the default room; nothing waits to be heard.</summary>
    public async Task<(EasyRtcPeer A, EasyRtcPeer B)> EnterTwoAsync()
    {
        EasyRtcPeer a = await EnterAsync(), b = await EnterAsync();
        a.Heard();
        return (a, b);
    }

    /// <summary>The map of rooms that clients send.</summary>
    public static string Rooms(params string[] rooms) =>
        EasyRtcPeer.Json($"{{{string.Join(",", rooms.Select(room => $"'{room}':{{'roomName':'{room}'}}"))}}}");

    public void Dispose() => Server.Dispose();
}
