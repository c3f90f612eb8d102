using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace WebRtcSignaling.Core.Tests.Peers;

/// <summary>The codes of refusals, as whoever looks at the server's instruments sees them.</summary>
internal sealed class CollectedRejections : IMeterFactory
{
    private readonly ConcurrentQueue<string?> _codes = new();
    private readonly MeterListener _listener = new();
    private Meter? _meter;

    public CollectedRejections()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter && instrument.Name == "signaling.rejections")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _codes.Enqueue((string?)tags[0].Value));
        _listener.Start();
    }

    public IReadOnlyList<string?> Codes => [.. _codes];

    public Meter Create(MeterOptions options) => _meter = new Meter(options);

    public void Dispose()
    {
        _listener.Dispose();
        _meter?.Dispose();
    }
}
