namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>The clients of a listener, each from connecting to its end. Safe for concurrent use.</summary>
internal sealed class ListenerConnections
{
    private readonly HashSet<ListenerConnection> _connections = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource? _empty;

    public void Add(ListenerConnection connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
        }
    }

    public void Remove(ListenerConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
            if (_connections.Count == 0)
            {
                _empty?.TrySetResult();
            }
        }
    }

    public ListenerConnection[] ToArray()
    {
        lock (_lock)
        {
            return [.. _connections];
        }
    }

    /// <summary>Completes once there is none. For a listener that takes no more.</summary>
    public Task WhenNone()
    {
        lock (_lock)
        {
            _empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_connections.Count == 0)
            {
                _empty.TrySetResult();
            }

            return _empty.Task;
        }
    }
}
