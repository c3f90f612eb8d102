using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.WebSockets.Connections;

internal sealed partial class WebSocketConnection
{
    [LoggerMessage(1, LogLevel.Error, "A connection failed; it is closed with 1011.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "A connection was lost.")]
    private static partial void LogLost(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "Something that waited for the end of a session failed.")]
    private static partial void LogEndFailed(ILogger logger, Exception exception);
}
