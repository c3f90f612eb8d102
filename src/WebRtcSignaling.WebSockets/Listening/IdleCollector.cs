using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// Gives memory back to the operating system when the process is idle: collects all garbage, compacts the heap, and releases what is free then. .NET collects garbage
/// when it allocates, and a server full of idle connections allocates nothing, so the garbage of thousands of handshakes stays for hours
/// (docs/decisions/0020-collecting-when-idle.md has the figures).
/// </summary>
/// <remarks>
/// <para>
/// A collection concerns the whole process, which is stopped for about 2 ms for each megabyte in use. So it happens only after a quiet interval, if enough was allocated
/// since the last time, and not with a large heap (<see cref="IdleCollectorOptions"/>). It is meant for programs that do little but signaling.
/// </para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed partial class IdleCollector : IDisposable
{
    private readonly IdleCollectorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<ProcessUse> _read;
    private readonly Action _collect;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private ProcessUse _last;
    private long _lastAt;
    private long _collectedAfter;

    /// <summary>Creates a collector, which starts at once.</summary>
    /// <param name="options">When to collect; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="loggerFactory">Where to log; <see langword="null"/> for nowhere.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    public IdleCollector(IdleCollectorOptions? options = null, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(options ?? new(), timeProvider ?? TimeProvider.System, loggerFactory ?? NullLoggerFactory.Instance, ProcessUse.Read, Collect)
    {
    }

    /// <summary>For tests: with a process of its own.</summary>
    internal IdleCollector(IdleCollectorOptions options, TimeProvider time, ILoggerFactory loggerFactory, Func<ProcessUse> read, Action collect)
    {
        if (string.Join(" ", options.Validate()) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        _options = options;
        _time = time;
        _logger = loggerFactory.CreateLogger("WebRtcSignaling.Memory");
        _read = read;
        _collect = collect;
        _last = read();
        _lastAt = time.GetTimestamp();
        _timer = time.CreateTimer(static collector => ((IdleCollector)collector!).Look(), this, options.Interval, options.Interval);
    }

    /// <summary>Stops the collector.</summary>
    public void Dispose() => _timer.Dispose();

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private void Look()
    {
        // A timer does not wait for its callback.
        if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            ProcessUse use = _read();
            if (IsQuiet(use) && use.AllocatedBytes - _collectedAfter >= _options.MinAllocatedBytes && use.HeapBytes <= _options.MaxHeapBytes)
            {
                long began = _time.GetTimestamp();
                _collect();
                ProcessUse after = _read();
                LogCollected(_logger, use.HeapBytes, after.HeapBytes, _time.GetElapsedTime(began).TotalMilliseconds);
                _collectedAfter = after.AllocatedBytes;
                use = after;
            }

            _last = use;
            _lastAt = _time.GetTimestamp();
        }
        finally
        {
            _lock.Exit();
        }
    }

    private bool IsQuiet(ProcessUse use) =>
        use.Cpu - _last.Cpu <= _options.MaxCpu * _time.GetElapsedTime(_lastAt)
        && use.AllocatedBytes - _last.AllocatedBytes < _options.MinAllocatedBytes / 16;

    [LoggerMessage(1, LogLevel.Debug, "Collected while nothing happened: {Before} bytes in use before, {After} after, in {Milliseconds} ms.")]
    private static partial void LogCollected(ILogger logger, long before, long after, double milliseconds);
}
