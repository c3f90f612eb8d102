using System.Diagnostics;
using System.Diagnostics.Metrics;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Diagnostics;

/// <summary>The instruments of meter <c>WebRtcSignaling</c>; docs/architecture.md lists them.</summary>
internal sealed class SignalingMetrics : IDisposable
{
    public const string MeterName = "WebRtcSignaling";

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _sessions;
    private readonly UpDownCounter<long> _suspended;
    private readonly UpDownCounter<long> _rooms;
    private readonly Counter<long> _signals;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _closes;
    private readonly Counter<long> _resumes;

    public SignalingMetrics(IMeterFactory? factory)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _sessions = _meter.CreateUpDownCounter<long>("signaling.sessions", "{session}", "Sessions that exist.");
        _suspended = _meter.CreateUpDownCounter<long>("signaling.sessions.suspended", "{session}", "Sessions whose client is away.");
        _rooms = _meter.CreateUpDownCounter<long>("signaling.rooms", "{room}", "Rooms that exist.");
        _signals = _meter.CreateCounter<long>("signaling.signals", "{signal}", "Signals relayed.");
        _messages = _meter.CreateCounter<long>("signaling.messages", "{message}", "Messages accepted for delivery.");
        _rejections = _meter.CreateCounter<long>("signaling.rejections", "{request}", "Requests refused, by code.");
        _closes = _meter.CreateCounter<long>("signaling.closes", "{session}", "Sessions ended, by reason.");
        _resumes = _meter.CreateCounter<long>("signaling.resumes", "{session}", "Clients that came back to their session.");
    }

    /// <summary>Spans of requests, named after the operation; they carry no names, ids or payloads.</summary>
    public static ActivitySource Activities { get; } = new("WebRtcSignaling");

    public void SessionOpened() => _sessions.Add(1);

    public void SessionClosed(SessionCloseReason reason)
    {
        _sessions.Add(-1);
        if (_closes.Enabled)
        {
            _closes.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
        }
    }

    public void Suspended() => _suspended.Add(1);

    public void SuspensionEnded() => _suspended.Add(-1);

    public void Resumed() => _resumes.Add(1);

    public void RoomOpened() => _rooms.Add(1);

    public void RoomClosed() => _rooms.Add(-1);

    public void SignalRelayed() => _signals.Add(1);

    public void MessageSent() => _messages.Add(1);

    public void Rejected(string code) => _rejections.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Dispose() => _meter.Dispose();
}
