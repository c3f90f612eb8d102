using System.Net;
using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.WebSockets.Listening;

public sealed partial class SignalingListener
{
    [LoggerMessage(30, LogLevel.Information, "Listening on {Endpoint}.")]
    private static partial void LogListening(ILogger logger, EndPoint endpoint);

    [LoggerMessage(31, LogLevel.Warning, "There are {Limit} handshakes at once; further clients are closed until one ends.")]
    private static partial void LogTooManyHandshakes(ILogger logger, int limit);

    [LoggerMessage(32, LogLevel.Information, "Stopped; {CutOff} clients had to be cut off.")]
    private static partial void LogStopped(ILogger logger, int cutOff);
}
