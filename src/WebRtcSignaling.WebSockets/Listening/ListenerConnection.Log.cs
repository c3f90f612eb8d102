using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.WebSockets.Listening;

// Neither addresses nor paths nor what a request says: a query may hold a token.
internal sealed partial class ListenerConnection
{
    [LoggerMessage(20, LogLevel.Debug, "A handshake was refused with {Status}.")]
    private static partial void LogRefused(ILogger logger, int status);

    [LoggerMessage(21, LogLevel.Debug, "A client did not finish its handshake in time.")]
    private static partial void LogTimedOut(ILogger logger);

    [LoggerMessage(22, LogLevel.Debug, "A connection was lost ({Kind}).")]
    private static partial void LogLost(ILogger logger, string kind);

    [LoggerMessage(23, LogLevel.Error, "A connection failed and was closed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
