using System.Diagnostics.Metrics;

namespace WebRtcSignaling.Testing;

/// <summary>Makes one meter, and hears what its instruments count and nothing of other meters of that name.</summary>
public abstract class ListeningMeterFactory : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private Meter? _meter;

    protected ListeningMeterFactory()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    /// <inheritdoc/>
    public Meter Create(MeterOptions options) => _meter = new Meter(options);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks the instruments that tell only when they are asked.</summary>
    protected void Ask() => _listener.RecordObservableInstruments();

    /// <summary>Hears a measurement, on the thread and in the middle of what is measured.</summary>
    protected abstract void Hear(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags);

    /// <summary>Lets go of the meter.</summary>
    /// <param name="disposing">Whether it is asked to.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _listener.Dispose();
            _meter?.Dispose();
        }
    }
}
