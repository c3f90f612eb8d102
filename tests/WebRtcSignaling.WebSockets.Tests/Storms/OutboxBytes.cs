using System.Diagnostics.Metrics;

namespace WebRtcSignaling.WebSockets.Tests.Storms;

/// <summary>Follows how many bytes wait for slow clients, by the instrument of docs/architecture.md.</summary>
internal sealed class OutboxBytes : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _sum;

    public OutboxBytes()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "signaling.outbox.bytes")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _sum += value);
        _listener.Start();
    }

    /// <summary>The most that ever waited when somebody looked.</summary>
    public long Most { get; private set; }

    /// <summary>How many wait now, in all endpoints of the process.</summary>
    public long Look()
    {
        _sum = 0;
        _listener.RecordObservableInstruments();
        Most = Math.Max(Most, _sum);
        return _sum;
    }

    public void Dispose() => _listener.Dispose();
}
