using System.Diagnostics.Metrics;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>The instruments of meter <c>WebRtcSignaling.WebSockets</c>; docs/architecture.md lists them.</summary>
internal sealed class OutboxMetrics : IDisposable
{
    public const string MeterName = "WebRtcSignaling.WebSockets";

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _bytes;

    public OutboxMetrics(IMeterFactory? factory)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _bytes = _meter.CreateUpDownCounter<long>("signaling.outbox.bytes", "By", "Bytes that wait for slow clients.");
    }

    public void Added(int bytes) => _bytes.Add(bytes);

    public void Removed(int bytes)
    {
        if (bytes > 0)
        {
            _bytes.Add(-bytes);
        }
    }

    public void Dispose() => _meter.Dispose();
}
