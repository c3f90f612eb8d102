using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// The instruments of meter <c>WebRtcSignaling.WebSockets</c>; docs/architecture.md lists them. Who listens to them is code of the host app, called in the middle of a flush: it may fail without
/// consequences, and the first time is logged.
/// </summary>
internal sealed partial class OutboxMetrics : IDisposable
{
    public const string MeterName = "WebRtcSignaling.WebSockets";

    private readonly Meter _meter;
    private readonly ILogger _logger;
    private readonly UpDownCounter<long> _bytes;
    private bool _hasFailed;

    public OutboxMetrics(IMeterFactory? factory, ILogger logger)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _logger = logger;
        _bytes = _meter.CreateUpDownCounter<long>("signaling.outbox.bytes", "By", "Bytes that wait for slow clients.");
    }

    public void Added(int bytes) => Add(bytes);

    public void Removed(int bytes)
    {
        if (bytes > 0)
        {
            Add(-bytes);
        }
    }

    public void Dispose() => _meter.Dispose();

    private void Add(int change)
    {
        try
        {
            _bytes.Add(change);
        }
#pragma warning disable CA1031 // Whatever listens.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!Interlocked.Exchange(ref _hasFailed, true))
            {
                LogListenerFailed(_logger, exception);
            }
        }
    }

    [LoggerMessage(6, LogLevel.Error, "What listens to an instrument failed; further failures are not logged.")]
    private static partial void LogListenerFailed(ILogger logger, Exception exception);
}
