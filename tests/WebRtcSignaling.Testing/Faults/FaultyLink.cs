namespace WebRtcSignaling.Testing.Faults;

/// <summary>
/// What lies between a client and a server: it passes the bytes of both on, with the faults that it was given, and those that a test orders.
/// Safe for concurrent use.
/// </summary>
public class FaultyLink : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<Cut> _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Flow _toServer;
    private readonly Flow _toClient;
    private readonly LinkEnd _client;
    private readonly LinkEnd _server;
    private readonly Task<Task> _running;
    private volatile bool _isHalfOpen;

    /// <summary>Begins to pass on.</summary>
    private protected FaultyLink(LinkEnd client, LinkEnd server, LinkFaults faults, TimeProvider time)
    {
        _client = client;
        _server = server;
        _toServer = new(this, client, server, faults.ToServer, time);
        _toClient = new(this, server, client, faults.ToClient, time);
        _running = RunAsync();
    }

    /// <summary>How many bytes have passed to the server, those that have vanished included.</summary>
    public long BytesToServer => _toServer.Passed;

    /// <summary>How many bytes have passed to the client, those that have vanished included.</summary>
    public long BytesToClient => _toClient.Passed;

    /// <summary>Whether bytes vanish.</summary>
    public bool IsHalfOpen => _isHalfOpen;

    /// <summary>Whether it was cut, by a fault, by a test, or because one side reset it.</summary>
    public bool IsCut => _cut.Task.IsCompleted;

    /// <summary>Completes when both sides have been told of the end, whichever.</summary>
    public Task Over => _running;

    /// <summary>Completes when both sides have also ended what they send.</summary>
    internal Task Closed => _running.Unwrap();

    /// <summary>Cuts the connection, unless it is over.</summary>
    /// <returns>Completes when both sides can see it.</returns>
    public Task CutAsync(Cut how = Cut.Reset)
    {
        BeginCut(how);
        return Over;
    }

    /// <summary>From now on the bytes of both directions vanish, and neither side sees the other's end.</summary>
    public void HalfOpen() => _isHalfOpen = true;

    /// <summary>Resets the connection, unless it is over, and waits until nothing of it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        await _closing.CancelAsync();
        await Closed;
        _stop.Dispose();
        _closing.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void BeginCut(Cut how) => _cut.TrySetResult(how);

    /// <returns>The task that takes what comes after the end.</returns>
    private async Task<Task> RunAsync()
    {
        Task flows = Task.WhenAll(_toServer.RunAsync(_stop.Token), _toClient.RunAsync(_stop.Token));
        await Task.WhenAny(flows, _cut.Task);
        await _stop.CancelAsync();
        await flows;
        if (_cut.Task.IsCompleted && await _cut.Task == Cut.Reset)
        {
            _client.Reset();
            _server.Reset();
            return Task.CompletedTask;
        }

        return Task.WhenAll(_client.CloseAsync(_closing.Token), _server.CloseAsync(_closing.Token));
    }
}
