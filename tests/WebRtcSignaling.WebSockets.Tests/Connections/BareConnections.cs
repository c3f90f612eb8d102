using System.IO.Pipelines;
using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Connections that no endpoint serves, with a server of their own.</summary>
internal sealed class BareConnections : IDisposable
{
    private readonly SignalingServer _server = new();

    /// <param name="dialect">What it speaks; <see langword="null"/> for the native dialect.</param>
    /// <param name="transport">Its bytes; <see langword="null"/> for some that nobody sends or reads.</param>
    public WebSocketConnection Make(IDialect? dialect = null, IDuplexPipe? transport = null) => new(
        transport ?? new MemoryTransport().Server,
        new ConnectionRequest(),
        dialect ?? new DialectTable([]).Find(null),
        _server,
        new WebSocketOptions(),
        new OutboxLimits(new WebSocketOptions().MaxOutboxBytes, new WebSocketOptions().MaxLongMessageBytes),
        new MessageRates(new RateOptions(), TimeProvider.System),
        new TicketRedemption(redeemer: null, _server.Admission, NullLogger.Instance),
        new ManualTimeProvider(),
        NullLogger.Instance);

    public void Dispose() => _server.Dispose();
}
