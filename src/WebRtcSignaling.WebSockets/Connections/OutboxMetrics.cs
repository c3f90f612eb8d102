using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>
/// The instruments of meter <c>WebRtcSignaling.WebSockets</c>; docs/architecture.md lists them. They are asked when somebody looks, so whoever begins to look later sees the same. The endpoints
/// of an app share its meter, and then one instrument, which tells the sum.
/// </summary>
internal sealed class OutboxMetrics : IDisposable
{
    public const string MeterName = "WebRtcSignaling.WebSockets";

    private static readonly ConditionalWeakTable<Meter, Sum> _sums = [];

    private readonly Meter? _own;
    private readonly Sum _sum;
    private readonly Func<long> _waitingBytes;

    /// <param name="factory">Where the meter comes from; <see langword="null"/> for one of its own.</param>
    /// <param name="waitingBytes">How many bytes wait for the clients of the endpoint.</param>
    public OutboxMetrics(IMeterFactory? factory, Func<long> waitingBytes)
    {
        _own = factory is null ? new Meter(MeterName) : null;
        _waitingBytes = waitingBytes;
        _sum = _sums.GetValue(_own ?? factory!.Create(MeterName), static meter => new Sum(meter));
        _sum.Add(waitingBytes);
    }

    public void Dispose()
    {
        _sum.Remove(_waitingBytes);
        _own?.Dispose();
    }

    /// <summary>What all endpoints of one meter tell.</summary>
    private sealed class Sum
    {
        private readonly Lock _lock = new();
        private readonly List<Func<long>> _parts = [];

        public Sum(Meter meter) => meter.CreateObservableUpDownCounter("signaling.outbox.bytes", Read, "By", "Bytes that wait for clients.");

        public void Add(Func<long> part)
        {
            lock (_lock)
            {
                _parts.Add(part);
            }
        }

        public void Remove(Func<long> part)
        {
            lock (_lock)
            {
                _parts.Remove(part);
            }
        }

        private long Read()
        {
            lock (_lock)
            {
                return _parts.Sum(static part => part());
            }
        }
    }
}
