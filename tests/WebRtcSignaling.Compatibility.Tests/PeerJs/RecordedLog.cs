using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs;

/// <summary>Keeps what the library logs, exceptions included; what the web server logs is not its own.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(RecordedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith(nameof(WebRtcSignaling), StringComparison.Ordinal);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log._lines.Enqueue($"{logLevel}: {category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
