using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.Testing.Faults;

/// <summary>
/// A TCP proxy on a port of its own in front of a server: clients that connect to it reach the server over a <see cref="FaultyLink"/> each.
/// Safe for concurrent use.
/// </summary>
/// <example>
/// <code>
/// await using FaultyProxy proxy = FaultyProxy.Start(server);                          // cuts at command: await proxy.CutAllAsync()
/// await using FaultyProxy proxy = FaultyProxy.Start(server, new RandomFaults().For);  // cuts at random bytes
/// </code>
/// </example>
public sealed class FaultyProxy : IAsyncDisposable
{
    private const int Backlog = 1_024;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<int, FaultyLink> _links = new();
    private readonly ConcurrentDictionary<int, Task> _serving = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _server;
    private readonly Func<int, LinkFaults> _faults;
    private readonly TimeProvider _time;
    private readonly Task _accepting;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _accepted;
    private int _cuts;

    private FaultyProxy(IPEndPoint server, Func<int, LinkFaults> faults, TimeProvider time)
    {
        _server = server;
        _faults = faults;
        _time = time;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(Backlog);
        Endpoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect to.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>How many connections it has taken so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>The connections that are not over.</summary>
    public IReadOnlyCollection<FaultyLink> Links => [.. _links.Values];

    /// <summary>While it is set, new connections are reset at once, as if the network were away.</summary>
    public bool IsAway { get; set; }

    /// <summary>Starts one.</summary>
    /// <param name="server">Where the server listens.</param>
    /// <param name="faults">What goes wrong on each connection, by its number from 0; <see langword="null"/> for nothing that no test orders.</param>
    /// <param name="time">The clock of its delays; the system's by default.</param>
    public static FaultyProxy Start(IPEndPoint server, Func<int, LinkFaults>? faults = null, TimeProvider? time = null) =>
        new(server, faults ?? (static _ => LinkFaults.None), time ?? TimeProvider.System);

    /// <summary>Waits until it has taken so many connections, as a client makes one that comes back after a cut.</summary>
    /// <param name="count">The number that <see cref="Accepted"/> must reach.</param>
    public async Task WhenAcceptedAsync(int count)
    {
        while (true)
        {
            Task next = Volatile.Read(ref _next).Task;
            if (Accepted >= count)
            {
                return;
            }

            await next.WaitAsync(Eventually.Bound);
        }
    }

    /// <summary>Cuts all connections that there are now, also those that are just being made.</summary>
    /// <returns>How many were cut, when their sides can see it.</returns>
    public async Task<int> CutAllAsync(Cut how = Cut.Reset)
    {
        Interlocked.Increment(ref _cuts);
        IReadOnlyCollection<FaultyLink> links = Links;
        await Task.WhenAll(links.Select(link => link.CutAsync(how)));
        return links.Count;
    }

    /// <summary>Lets the bytes of all connections that there are now vanish.</summary>
    public void HalfOpenAll()
    {
        foreach (FaultyLink link in Links)
        {
            link.HalfOpen();
        }
    }

    /// <summary>Resets all connections and waits until nothing of them runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await CutAllAsync();
        await Task.WhenAll(_serving.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener.AcceptAsync(_stop.Token);
                int number = Interlocked.Increment(ref _accepted) - 1;
                Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
                _serving[number] = Task.CompletedTask;
                Task serving = ServeAsync(client, number, Volatile.Read(ref _cuts));
                _serving.TryUpdate(number, serving, Task.CompletedTask);
            }
            catch (OperationCanceledException)
            {
            }
            catch (SocketException)
            {
                // A client that was gone before it was taken.
            }
        }
    }

    private async Task ServeAsync(Socket client, int number, int cuts)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(_server, _stop.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The client hears that there is nobody.
            server.Dispose();
            client.Close(timeout: 0);
            _serving.TryRemove(number, out _);
            return;
        }

        await using (var link = new ProxyLink(client, server, _faults(number), _time))
        {
            _links[number] = link;
            if (IsAway || cuts != Volatile.Read(ref _cuts))
            {
                await link.CutAsync();
            }

            await link.Over;
            _links.TryRemove(number, out _);

            // Closed before both sides have ended, an ended connection would be a reset one.
            await link.Closed.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _serving.TryRemove(number, out _);
    }
}
