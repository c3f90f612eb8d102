using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WebRtcSignaling.Limits;
using WebRtcSignaling.WebSockets;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.Compatibility.PeerJs.Connections;

/// <summary>What all PeerJS endpoints of an app share: the WebSockets, the clock, and who looks for silent clients. Safe for concurrent use.</summary>
internal sealed class PeerJsServer : IDisposable
{
    private const int PingsPerSecond = 1_000;

    /// <summary>Beside Pings this covers what one read can hold of messages, which count at once, though they are held back one by one.</summary>
    private const int PingBurst = 100_000;

    private readonly ConcurrentDictionary<PeerJsConversation, byte> _conversations = new();
    private readonly long _start;
    private readonly Ticker _ticker;

    public PeerJsServer(
        SignalingServer server,
        IOptions<PeerJsOptions> options,
        TimeProvider? time = null,
        ILoggerFactory? loggerFactory = null,
        IMeterFactory? meterFactory = null)
    {
        Options = options.Value;
        Time = time ?? TimeProvider.System;
        Keys = Options.EffectiveKeys.ToHashSet(StringComparer.Ordinal);
        WebSocketOptions = ToWebSocketOptions(Options);
        WebSockets = new WebSocketEndpoint(server, WebSocketOptions, Time, loggerFactory, meterFactory);
        _start = Time.GetTimestamp();
        ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("WebRtcSignaling.Compatibility.PeerJs");
        _ticker = new Ticker(Time, logger, () => !_conversations.IsEmpty, Tick);
    }

    public PeerJsOptions Options { get; }

    public IReadOnlySet<string> Keys { get; }

    public WebSocketOptions WebSocketOptions { get; }

    public WebSocketEndpoint WebSockets { get; }

    public TimeProvider Time { get; }

    /// <summary>The time since it was made.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_start);

    /// <summary>From now on the client must show signs of life.</summary>
    public void Watch(PeerJsConversation conversation)
    {
        _conversations.TryAdd(conversation, 0);
        _ticker.Wake();

        // It may have ended in the meantime, and then nobody would forget it.
        if (conversation.IsEnded)
        {
            Forget(conversation);
        }
    }

    public void Forget(PeerJsConversation conversation) => _conversations.TryRemove(conversation, out _);

    public void Dispose()
    {
        _ticker.Dispose();
        WebSockets.Dispose();
    }

    private void Tick()
    {
        foreach ((PeerJsConversation conversation, _) in _conversations)
        {
            _ticker.Visit(conversation, static conversation => conversation.Tick());
        }
    }

    /// <summary>PeerJS has a heartbeat of its own, so that of the WebSockets beneath rests.</summary>
    private static WebSocketOptions ToWebSocketOptions(PeerJsOptions options) => new()
    {
        MaxMessageBytes = options.MaxMessageBytes,
        MaxOutboxBytes = options.MaxBufferedBytes,
        ResumeBufferBytes = 0,

        // Since PeerJS has no word for a refusal, MessagePace holds messages back before they can be too many for the connection. What can be are Pings, and bytes.
        Rates = new RateOptions
        {
            MessagesPerSecond = options.MaxMessagesPerSecond + PingsPerSecond,
            MessageBurst = options.MaxBurst + PingBurst,
        },
        CloseTimeout = options.CloseTimeout,
        WriteTimeout = TimeSpan.FromMinutes(2),
        PingInterval = TimeSpan.FromHours(1),
        PongTimeout = TimeSpan.FromHours(1),
    };
}
