namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>Tasks that somebody started and will await; those that are done are forgotten. Safe for concurrent use.</summary>
internal sealed class OwnedTasks
{
    private readonly HashSet<Task> _tasks = [];
    private readonly Lock _lock = new();

    public void Add(Task task)
    {
        lock (_lock)
        {
            _tasks.Add(task);
        }

        task.GetAwaiter().UnsafeOnCompleted(() => Remove(task));
    }

    /// <summary>Completes when all tasks that were added before are done.</summary>
    public Task WhenAll()
    {
        lock (_lock)
        {
            return Task.WhenAll(_tasks);
        }
    }

    private void Remove(Task task)
    {
        lock (_lock)
        {
            _tasks.Remove(task);
        }
    }
}
