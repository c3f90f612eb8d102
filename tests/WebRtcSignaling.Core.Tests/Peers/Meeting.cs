using System.Net;
using System.Diagnostics.Metrics;
using System.Security.Claims;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Peers;

/// <summary>A server with a clock that the test moves, and the peers that meet there.</summary>
internal sealed class Meeting : IDisposable
{
    public Meeting(
        SignalingOptions? options = null,
        ISignalingAuthorizer? authorizer = null,
        IIceServerProvider? iceServers = null,
        ILoggerFactory? logs = null,
        IMeterFactory? meters = null) =>
        Server = new(options, authorizer, iceServers, Clock, logs, meters);

    public ManualTimeProvider Clock { get; } = new();

    public SignalingServer Server { get; }

    /// <summary>A user whom the host app has authenticated as this account.</summary>
    public static ClaimsPrincipal User(string account) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, account)], authenticationType: "test"));

    public async Task<Peer> ConnectAsync(
        string? username = null, string? account = null, string? application = null, string? id = null, IPAddress? remoteAddress = null)
    {
        var peer = new Peer();
        SignalingResult<SignalingSession> result = await TryConnectAsync(peer, username, account, application, id, remoteAddress);
        Assert.That(result.Error, Is.Null, "connecting");
        return peer;
    }

    public async Task<SignalingResult<SignalingSession>> TryConnectAsync(
        ISessionSink sink, string? username = null, string? account = null, string? application = null, string? id = null, IPAddress? remoteAddress = null) =>
        await Server.ConnectAsync(
            new()
            {
                Username = username,
                User = account is null ? null : User(account),
                Application = application,
                RemoteAddress = remoteAddress,
                Id = id is null ? null : SessionId.Parse(id),
            },
            sink);

    public void Dispose() => Server.Dispose();
}
