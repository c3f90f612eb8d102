using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Diagnostics;

/// <summary>
/// The instruments of meter <c>WebRtcSignaling</c>; docs/architecture.md lists them. What exists now is told when somebody asks, so that whoever begins to listen later hears the same. Who listens to them is code of the host app that runs in the middle of what is counted: it may fail without
/// consequences, and the first time is logged.
/// </summary>
internal sealed partial class SignalingMetrics : IDisposable
{
    public const string MeterName = "WebRtcSignaling";

    private readonly Meter _meter;
    private readonly ILogger _logger;
    private readonly Counter<long> _signals;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _closes;
    private readonly Counter<long> _resumes;
    private long _sessions;
    private long _suspended;
    private long _rooms;
    private bool _hasFailed;

    public SignalingMetrics(IMeterFactory? factory, ILogger logger)
    {
        _logger = logger;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableUpDownCounter("signaling.sessions", () => Volatile.Read(ref _sessions), "{session}", "Sessions that exist.");
        _meter.CreateObservableUpDownCounter(
            "signaling.sessions.suspended", () => Volatile.Read(ref _suspended), "{session}", "Sessions whose client is away.");
        _meter.CreateObservableUpDownCounter("signaling.rooms", () => Volatile.Read(ref _rooms), "{room}", "Rooms that exist.");
        _signals = _meter.CreateCounter<long>("signaling.signals", "{signal}", "Signals relayed.");
        _messages = _meter.CreateCounter<long>("signaling.messages", "{message}", "Messages accepted for delivery.");
        _rejections = _meter.CreateCounter<long>("signaling.rejections", "{request}", "Requests refused, by code.");
        _closes = _meter.CreateCounter<long>("signaling.closes", "{session}", "Sessions ended, by reason.");
        _resumes = _meter.CreateCounter<long>("signaling.resumes", "{session}", "Clients that came back to their session.");
    }

    /// <summary>Spans of requests, named after the operation; they carry no names, ids or payloads.</summary>
    public static ActivitySource Activities { get; } = new("WebRtcSignaling");

    public void SessionOpened() => Interlocked.Increment(ref _sessions);

    public void SessionClosed(SessionCloseReason reason)
    {
        Interlocked.Decrement(ref _sessions);
        if (_closes.Enabled)
        {
            Count(_closes, new KeyValuePair<string, object?>("reason", reason.ToString()));
        }
    }

    public void Suspended() => Interlocked.Increment(ref _suspended);

    public void SuspensionEnded() => Interlocked.Decrement(ref _suspended);

    public void Resumed() => Count(_resumes);

    public void RoomOpened() => Interlocked.Increment(ref _rooms);

    public void RoomClosed() => Interlocked.Decrement(ref _rooms);

    public void SignalRelayed() => Count(_signals);

    public void MessageSent() => Count(_messages);

    public void Rejected(string code) => Count(_rejections, new KeyValuePair<string, object?>("code", code));

    public void Dispose() => _meter.Dispose();

    // Whether anybody listens is asked before, since a call with a handler in it is not inlined.
    private void Count(Counter<long> instrument)
    {
        if (instrument.Enabled)
        {
            Record(instrument, static one => one.Add(1));
        }
    }

    private void Count(Counter<long> instrument, KeyValuePair<string, object?> tag)
    {
        if (instrument.Enabled)
        {
            Record((Instrument: instrument, Tag: tag), static one => one.Instrument.Add(1, one.Tag));
        }
    }

    private void Record<T>(T measurement, Action<T> record)
    {
        try
        {
            record(measurement);
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

    [LoggerMessage(5, LogLevel.Error, "What listens to an instrument failed; further failures are not logged.")]
    private static partial void LogListenerFailed(ILogger logger, Exception exception);
}
