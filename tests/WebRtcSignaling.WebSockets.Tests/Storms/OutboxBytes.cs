using System.Diagnostics.Metrics;

namespace WebRtcSignaling.WebSockets.Tests.Storms;

/// <summary>Follows how many bytes wait for slow clients, by the instrument of docs/architecture.md.</summary>
internal sealed class OutboxBytes : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();

    public OutboxBytes()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "signaling.outbox.bytes")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Add(change));
        _listener.Start();
    }

    /// <summary>How many wait.</summary>
    public long Now { get; private set; }

    /// <summary>The most that ever waited.</summary>
    public long Most { get; private set; }

    public void Dispose() => _listener.Dispose();

    private void Add(long change)
    {
        lock (_lock)
        {
            Now += change;
            Most = Math.Max(Most, Now);
        }
    }
}
