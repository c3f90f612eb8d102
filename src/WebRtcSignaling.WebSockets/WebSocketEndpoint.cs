using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.Draining;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Connections;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Frames;
using WebRtcSignaling.WebSockets.Handshake;
using WebRtcSignaling.WebSockets.Native;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets;

/// <summary>
/// Serves WebSocket clients after their handshake, which is done by <c>SignalingListener</c>, by ASP.NET Core, or by any other host that can provide an
/// <see cref="IDuplexPipe"/>. Safe for concurrent use.
/// </summary>
public sealed partial class WebSocketEndpoint : IDisposable
{
    private readonly SignalingServer _server;
    private readonly WebSocketOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OutboxMetrics _metrics;
    private readonly OutboxLimits _outboxLimits;
    private readonly MessageRates _rates;
    private readonly TicketRedemption _tickets;
    private readonly DialectTable _dialects;
    private readonly ConnectionTable _connections;
    private readonly Ticker _ticker;

    /// <summary>Creates an endpoint.</summary>
    /// <param name="server">The server that its clients connect to. The caller disposes it.</param>
    /// <param name="options">Its settings; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="loggerFactory">Where to log; <see langword="null"/> for nowhere.</param>
    /// <param name="meterFactory">Where instruments live; <see langword="null"/> for a meter of its own.</param>
    /// <param name="dialects">Dialects besides the native one, which clients choose by sub-protocol; <see langword="null"/> for none.</param>
    /// <param name="tickets">Redeems the tickets of clients; <see langword="null"/> if there are no tickets.</param>
    /// <exception cref="ArgumentException">A setting or a dialect is wrong; the message names it.</exception>
    public WebSocketEndpoint(
        SignalingServer server,
        WebSocketOptions? options = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null,
        IMeterFactory? meterFactory = null,
        IEnumerable<IDialect>? dialects = null,
        ITicketRedeemer? tickets = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        _options = options ?? new();
        if (string.Join(" ", _options.Validate("WebSockets")) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        IDialect[] further = [.. dialects ?? []];
        if (string.Join(" ", DialectTable.Validate(further, nameof(dialects))) is { Length: > 0 } wrong)
        {
            throw new ArgumentException(wrong, nameof(dialects));
        }

        _server = server;
        _time = timeProvider ?? TimeProvider.System;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("WebRtcSignaling.WebSockets");
        _outboxLimits = new OutboxLimits(_options.MaxOutboxBytes, _options.MaxLongMessageBytes);
        _rates = new MessageRates(_options.Rates, _time);
        _tickets = new TicketRedemption(tickets, server.Admission, _logger);
        _dialects = new DialectTable(further);
        foreach (IPreparedDialect dialect in further.OfType<IPreparedDialect>())
        {
            dialect.Prepare(server);
        }

        _ticker = new Ticker(_time, _logger, () => ConnectionCount > 0, LookAtDue);
        _connections = new ConnectionTable(_ticker.Wake);
        _metrics = new OutboxMetrics(meterFactory, () => _connections.ToArray().Sum(static connection => (long)connection.Outbox.WaitingBytes));
    }

    /// <summary>The sub-protocols that can be negotiated, the preferred one first. A client that offers none speaks the native dialect.</summary>
    public IReadOnlyList<string> SubProtocols => _dialects.SubProtocols;

    /// <summary>How many connections there are.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Whether the server takes no new sessions any more.</summary>
    internal bool IsStopping => _server.IsStopping;

    /// <summary>Who is let in.</summary>
    internal AdmissionControl Admission => _server.Admission;

    /// <summary>How many bytes of pooled memory all connections hold now.</summary>
    internal int BufferedCapacity => _connections.ToArray().Sum(static connection => connection.BufferedCapacity);

    /// <summary>Serves a connection after its handshake, until it ends. Never throws.</summary>
    /// <param name="transport">
    /// The connection's bytes. Neither pipe is completed here, except the output if <see cref="ConnectionRequest.CanHalfClose"/> is on; the caller closes or aborts
    /// the transport afterwards. Writing and flushing may complete asynchronously, but must not block, because threads that serve other clients flush this one.
    /// </param>
    /// <param name="request">What is known about the connection.</param>
    /// <param name="aborted">Fires when the transport is lost, or to end the connection at once.</param>
    /// <returns>What to do with the transport.</returns>
    public Task<ConnectionEnd> ServeAsync(IDuplexPipe transport, ConnectionRequest request, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(request);
        return ServeAsync(transport, request, new ConnectionLoss(aborted));
    }

    /// <summary>Disposes the timer and the instruments. Connections that are still served are no longer pinged or timed out.</summary>
    public void Dispose()
    {
        _ticker.Dispose();
        _metrics.Dispose();
    }

    /// <summary>
    /// Ends the connections that there are, in waves as the server ends its sessions (<see cref="SignalingServer.DrainAsync"/>), while the server goes on: others hear
    /// that their clients have left.
    /// </summary>
    /// <param name="hurry">Stops it; whoever is left is the caller's to end.</param>
    internal async Task DrainAsync(CancellationToken hurry)
    {
        DrainOptions options = _server.Options.Drain;
        IReadOnlyList<ArraySegment<WebSocketConnection>> waves = DrainWaves.Divide(_connections.ToArray(), options, options.Timeout);
        for (int i = 0; i < waves.Count; i++)
        {
            if (i > 0)
            {
                await Task.Delay(options.WaveInterval, _time, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (hurry.IsCancellationRequested)
            {
                return;
            }

            SendAway(waves[i]);
        }
    }

    /// <summary>Ends all connections that there are at once.</summary>
    internal void AbortAll()
    {
        foreach (WebSocketConnection connection in _connections.ToArray())
        {
            connection.Abort();
        }
    }

    /// <summary>
    /// Decides who a connection is once its handshake has been understood: where a ticket came with it, the one whom that stands for, whoever
    /// else the request may speak of.
    /// </summary>
    /// <param name="request">What is known without the ticket.</param>
    /// <param name="ticket">The ticket; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Ends the wait for whoever knows the tickets, and refuses.</param>
    /// <returns>What is known then, or why the handshake is to be refused.</returns>
    internal async ValueTask<(ConnectionRequest? Request, HandshakeRefusal? Refusal)> AdmitAsync(
        ConnectionRequest request, string? ticket, CancellationToken cancellationToken)
    {
        if (ticket is null)
        {
            return request.RequiresTicket && !MayStillBringTicket(request) ? (null, HandshakeRefusals.InvalidTicket) : (request, null);
        }

        TicketVerdict verdict = await _tickets.RedeemAsync(ticket, request.RemoteAddress, cancellationToken).ConfigureAwait(false);
        return verdict.IsGood ? (request with { User = verdict.User, AuthenticationExpiresAt = null, RequiresTicket = false }, null)
            : verdict.TooMany is { } tooMany ? (null, HandshakeRefusals.TooManyFailures(tooMany))
            : (null, HandshakeRefusals.InvalidTicket);
    }

    /// <summary>Whether the client's first message may be a <c>hello</c> with a ticket: no vocabulary but the native one has that.</summary>
    private bool MayStillBringTicket(ConnectionRequest request) =>
        (_options.RequireHello || request.AnnouncesHello) && _dialects.Find(request.SubProtocol) is NativeDialect;

    /// <summary>Serves a connection in the dialect that was agreed on.</summary>
    internal Task<ConnectionEnd> ServeAsync(IDuplexPipe transport, ConnectionRequest request, ConnectionLoss loss) =>
        ServeAsync(transport, request, _dialects.Find(request.SubProtocol), loss);

    /// <summary>Serves a connection in a dialect that its caller has chosen.</summary>
    internal Task<ConnectionEnd> ServeAsync(IDuplexPipe transport, ConnectionRequest request, IDialect dialect, ConnectionLoss loss)
    {
        WebSocketConnection connection;
        try
        {
            connection = new(transport, request, dialect, _server, _options, _outboxLimits, _rates, _tickets, _time, _logger);
        }
#pragma warning disable CA1031 // A dialect that fails before it has begun ends this connection only, as later.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotOpened(_logger, exception);
            return RefuseAsync(transport.Output);
        }

        return connection.RunAsync(loss, _connections);
    }

    /// <summary>Closes a connection for which nobody speaks.</summary>
    private static async Task<ConnectionEnd> RefuseAsync(PipeWriter output)
    {
        try
        {
            (CloseCode code, string reason) = CloseCodes.Of(SessionCloseReason.InternalError);
            FrameWriter.WriteClose(output, code, reason);
            await output.FlushAsync().ConfigureAwait(false);
            return ConnectionEnd.Close;
        }
#pragma warning disable CA1031 // However a transport says that it broke.
        catch (Exception)
#pragma warning restore CA1031
        {
            return ConnectionEnd.Abort;
        }
    }

    private static void SendAway(ArraySegment<WebSocketConnection> wave)
    {
        using OutboxBatch.Gathering gathering = OutboxBatch.Gather();
        foreach (WebSocketConnection connection in wave)
        {
            connection.SendAway();
            gathering.FlushPortion();
        }
    }

    private void LookAtDue() => _connections.LookAtDue(
        _server.Stopped.IsCancellationRequested ? long.MaxValue : _time.GetTimestamp(),
        connection => _ticker.Visit((Endpoint: this, Connection: connection), static one => one.Endpoint.LookAt(one.Connection)));

    /// <returns>When to look again.</returns>
    private long LookAt(WebSocketConnection connection)
    {
        // What it sends is flushed by the tick.
        using OutboxBatch.Gathering gathering = OutboxBatch.Gather();
        TimeSpan wait = connection.Tick();
        return _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency);
    }

    [LoggerMessage(7, LogLevel.Error, "A dialect failed to begin; its connection is closed with 1011.")]
    private static partial void LogNotOpened(ILogger logger, Exception exception);
}
