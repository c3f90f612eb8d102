using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

internal sealed partial class EngineSession
{
    [LoggerMessage(1, LogLevel.Error, "An event of a client failed; its session is closed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "Something that waited for the end of a session failed.")]
    private static partial void LogEndFailed(ILogger logger, Exception exception);
}
