using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.AspNetCore.Origins;
using WebRtcSignaling.AspNetCore.Upgrades;
using WebRtcSignaling.Compatibility.EngineIO.Http;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.EngineIO.Sockets;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.Compatibility.SocketIO.Connections;

/// <summary>What all Socket.IO endpoints of an app share: the sessions, their WebSockets, and their timers. Safe for concurrent use.</summary>
internal sealed class SocketIOServer : IDisposable
{
    private readonly SignalingServer _server;
    private readonly IReadOnlyList<IEventDialect> _dialects;
    private readonly SocketIOOptions _options;
    private readonly WebSocketEndpoint _webSockets;
    private readonly SocketRequests _socketRequests;
    private readonly CrossOriginPolicy _origins;

    public SocketIOServer(
        SignalingServer server,
        IEnumerable<IEventDialect> dialects,
        OpenConnections connections,
        IOptions<SocketIOOptions> options,
        IOptions<SignalingHostOptions> hostOptions,
        TimeProvider? time = null,
        ILoggerFactory? loggerFactory = null,
        IMeterFactory? meterFactory = null)
    {
        _server = server;
        _dialects = [.. dialects];
        foreach (IEventDialect dialect in _dialects)
        {
            dialect.Prepare(server);
        }

        _options = options.Value;
        time ??= TimeProvider.System;
        Logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("WebRtcSignaling.Compatibility.SocketIO");
        Sessions = new EngineSessions(_options.ToEngineSettings(), server.Admission, time, Logger);
        WebSocketOptions webSocketOptions = ToWebSocketOptions(_options);
        _webSockets = new WebSocketEndpoint(server, webSocketOptions, time, loggerFactory, meterFactory);
        _socketRequests = new SocketRequests(Sessions, _webSockets, connections, new UpgradeSettings(webSocketOptions, time));
        _origins = new CrossOriginPolicy(new OriginPolicy(hostOptions.Value.AllowedOrigins));
    }

    public EngineSessions Sessions { get; }

    private ILogger Logger { get; }

    /// <summary>Makes what serves the requests of one endpoint.</summary>
    /// <param name="application">The application that it serves; <see langword="null"/> for the server's default.</param>
    public EngineRequestHandler CreateHandler(string? application) => new(
        _server,
        Sessions,
        new SocketIOApplication(_server, application, _dialects, _options.MaxAttachments),
        _origins,
        _socketRequests,
        Logger);

    public void Dispose()
    {
        Sessions.Dispose();
        _webSockets.Dispose();
    }

    /// <summary>Engine.IO has a heartbeat of its own and counts messages over all its transports, so those of the WebSockets beneath rest.</summary>
    private static WebSocketOptions ToWebSocketOptions(SocketIOOptions options) => new()
    {
        MaxMessageBytes = options.MaxPayloadBytes,
        MaxOutboxBytes = options.MaxBufferedBytes,
        ResumeBufferBytes = 0,
        CloseTimeout = options.CloseTimeout,
        IsMeteredAbove = true,
        WriteTimeout = TimeSpan.FromMinutes(2),
        PingInterval = TimeSpan.FromHours(1),
        PongTimeout = TimeSpan.FromHours(1),
    };
}
