using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.Diagnostics;

/// <summary>
/// A logger whose sinks may fail without consequences: what is logged here is said in the middle of a session's end, under a room's lock, or on a timer's thread, where an exception would leave
/// half of it undone or end the process. Safe for concurrent use as far as the other one is.
/// </summary>
internal sealed class CautiousLogger(ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
#pragma warning disable CA1031 // Nobody is left to tell.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
#pragma warning disable CA1031 // Nobody is left to tell.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
