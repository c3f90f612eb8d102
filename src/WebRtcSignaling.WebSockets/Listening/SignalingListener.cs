using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WebRtcSignaling.WebSockets.Handshake;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// Serves WebSocket clients in a program without a web server: accepts connections over TCP, TLS and Unix domain sockets, does the handshake (RFC 6455 section 4.2,
/// over HTTP/1.1), and gives each client a session on a <see cref="SignalingServer"/>. Safe for concurrent use.
/// </summary>
/// <example>
/// <code>
/// using var server = new SignalingServer();
/// await using var listener = new SignalingListener(server, new() { Endpoints = { new(new IPEndPoint(IPAddress.Any, 5080)) } });
/// await listener.StartAsync();
/// </code>
/// </example>
public sealed partial class SignalingListener : IAsyncDisposable
{
    private readonly SignalingServer _server;
    private readonly SignalingListenerOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly WebSocketEndpoint _webSockets;
    private readonly ListenerContext _context;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly Lock _lock = new();

    private BoundEndpoint[] _bound = [];
    private Task _accepting = Task.CompletedTask;
    private Task? _stop;
    private volatile IReadOnlyList<EndPoint> _endpoints = [];
    private bool _isStarted;
    private int _closedAtOnce;

    /// <summary>Creates a listener that does not listen yet.</summary>
    /// <param name="server">The server that its clients connect to. The caller disposes it, after the listener.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="loggerFactory">Where to log; <see langword="null"/> for nowhere.</param>
    /// <param name="tickets">
    /// Redeems the tickets of clients: a <see cref="TicketIssuer"/>, or an implementation of the program's own; <see langword="null"/> if there are no tickets. The
    /// caller disposes it, if it needs that.
    /// </param>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    public SignalingListener(
        SignalingServer server,
        SignalingListenerOptions options,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null,
        ITicketRedeemer? tickets = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        if (string.Join(" ", options.Validate()) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        if (options.RequireTicket && tickets is null)
        {
            throw new ArgumentException(
                $"{nameof(SignalingListenerOptions.RequireTicket)} is on, and nobody knows the tickets: give an {nameof(ITicketRedeemer)}.",
                nameof(tickets));
        }

        _server = server;
        _options = options;
        _time = timeProvider ?? TimeProvider.System;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("WebRtcSignaling.Listener");
        _webSockets = new(server, options.WebSockets, timeProvider, loggerFactory, meterFactory: null, options.Dialects, tickets);
        var policy = new RequestPolicy(options.Path, new OriginPolicy(options.AllowedOrigins), _webSockets.SubProtocols);
        _context = new(options, policy, _webSockets, _time, _logger, _stopping.Token, _aborted.Token);
        _aborted.Token.UnsafeRegister(static listener => ((SignalingListener)listener!).AbortAll(), this);
    }

    /// <summary>
    /// Where it listens, in the order of <see cref="SignalingListenerOptions.Endpoints"/> and with the ports that the system chose; empty
    /// before the start and after the stop.
    /// </summary>
    public IReadOnlyList<EndPoint> Endpoints => _endpoints;

    /// <summary>How many connections are open.</summary>
    public int ConnectionCount => _context.Connections.Taken;

    /// <summary>How many clients are in their handshake, or are being refused.</summary>
    public int HandshakeCount => _context.Handshakes.Taken;

    /// <summary>Begins to listen, on all endpoints or on none.</summary>
    /// <param name="cancellationToken">Cancels before anything has begun.</param>
    /// <exception cref="IOException">An endpoint is not available; the message names it. Starting can be tried again.</exception>
    /// <exception cref="InvalidOperationException">It has been started or stopped before.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_isStarted || _stop is not null)
            {
                throw new InvalidOperationException("A listener can be started once.");
            }

            _bound = BindAll();
            _endpoints = [.. _bound.Select(static bound => bound.Address)];
            _accepting = Task.WhenAll(_bound.Select(AcceptAsync));
            _isStarted = true;
        }

        foreach (EndPoint endpoint in _endpoints)
        {
            LogListening(_logger, endpoint);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops: disconnects its clients in waves, as <see cref="SignalingOptions.Drain"/> says, each with close code 1001 and a time after which to reconnect, and
    /// refuses new ones with 503 meanwhile; then accepts no more connections and ends handshakes. Clients that have not closed within
    /// <see cref="WebSocketOptions.CloseTimeout"/> of the last wave are aborted. The server itself goes on, unless <see cref="SignalingListenerOptions.StopsServer"/>
    /// is on, which drains it as well (<see cref="SignalingServer.DrainAsync"/>).
    /// </summary>
    /// <param name="cancellationToken">Aborts the clients that are left at once.</param>
    /// <returns>Completes when no socket, session or task of the listener is left. It can be called again.</returns>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Task stop;
        lock (_lock)
        {
            // Not on this thread: stopping the server calls into sinks, and this holds a lock.
            stop = _stop ??= Task.Run(StopOnceAsync, CancellationToken.None);
        }

        using (cancellationToken.UnsafeRegister(static aborted => ((CancellationTokenSource)aborted!).Cancel(), _aborted))
        {
            await stop.ConfigureAwait(false);
        }
    }

    /// <summary>Stops, if it has not been stopped yet.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private BoundEndpoint[] BindAll()
    {
        var bound = new List<BoundEndpoint>();
        try
        {
            foreach (ListenEndpoint endpoint in _options.Endpoints)
            {
                bound.Add(BoundEndpoint.Bind(endpoint));
            }

            // Not before all are bound, so that no client gets in where the start then fails.
            bound.ForEach(endpoint => endpoint.Listen(_options.Backlog));
            return [.. bound];
        }
        catch
        {
            bound.ForEach(static endpoint => endpoint.Dispose());
            throw;
        }
    }

    private Task AcceptAsync(BoundEndpoint bound) =>
        new AcceptLoop(bound.AcceptAsync, socket => Begin(socket, bound.Endpoint), _time, _logger).RunAsync(_stopping.Token);

    private void Begin(Socket socket, ListenEndpoint endpoint)
    {
        if (_context.Handshakes.TryTake())
        {
            Interlocked.Exchange(ref _closedAtOnce, 0);
            var connection = new ListenerConnection(new SocketTransport(socket, endpoint.Tls), _context);
            _context.Clients.Add(connection);
            ThreadPool.UnsafeQueueUserWorkItem(connection, preferLocal: false);
            return;
        }

        socket.Close(timeout: 0);
        if (Interlocked.Increment(ref _closedAtOnce) == 1)
        {
            LogTooManyHandshakes(_logger, _options.MaxHandshakes);
        }
    }

    private void AbortAll()
    {
        _webSockets.AbortAll();
        foreach (ListenerConnection client in _context.Clients.ToArray())
        {
            client.Abort();
        }
    }

    private async Task StopOnceAsync()
    {
        _context.BeginDrain();
        await (_options.StopsServer
            ? _server.DrainAsync(within: null, _aborted.Token)
            : _webSockets.DrainAsync(_aborted.Token)).ConfigureAwait(false);
        _endpoints = [];
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (ListenerConnection client in _context.Clients.ToArray())
        {
            client.EndInput();
        }

        foreach (BoundEndpoint bound in _bound)
        {
            bound.Dispose();
        }

        await _accepting.ConfigureAwait(false);
        Task gone = _context.Clients.WhenNone();
        using (var patience = new CancellationTokenSource(_options.WebSockets.CloseTimeout, _time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _aborted.Token))
        {
            // Not with a time of its own: that would end, and with it the timer, a little behind the wait.
            await gone.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        int cutOff = ConnectionCount;
        await _aborted.CancelAsync().ConfigureAwait(false);
        await gone.ConfigureAwait(false);
        _webSockets.Dispose();
        LogStopped(_logger, cutOff);
    }
}
