using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Peers;

/// <summary>The codes of refusals, as whoever looks at the server's instruments sees them.</summary>
internal sealed class CollectedRejections : ListeningMeterFactory
{
    private readonly ConcurrentQueue<string?> _codes = new();

    public IReadOnlyList<string?> Codes => [.. _codes];

    protected override void Hear(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.Name == "signaling.rejections")
        {
            _codes.Enqueue((string?)tags[0].Value);
        }
    }
}
