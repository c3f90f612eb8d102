using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace WebRtcSignaling.Probe;

/// <summary>
/// Answers from inside of a server what cannot be seen from outside: for each byte that comes over a Unix domain socket a line with the heap's
/// bytes after a full collection, and the sums of the instruments of docs/architecture.md.
/// </summary>
internal sealed class ServerProbe
{
    private static readonly string[] _instruments = ["signaling.sessions", "signaling.rooms", "signaling.outbox.bytes", "signaling.signals"];

    private readonly MeterListener _listener = new();
    private readonly long[] _sums = new long[_instruments.Length];
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private ServerProbe(string path)
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (_instruments.Contains(instrument.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Hear);
        _listener.Start();
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _socket.Listen(1);
    }

    /// <summary>Begins to answer, on a thread of its own that does not keep the program.</summary>
    public static void Start(string path) => new Thread(new ServerProbe(path).Serve) { IsBackground = true, Name = "probe" }.Start();

    private void Serve()
    {
        byte[] question = new byte[1];
        while (true)
        {
            using Socket client = _socket.Accept();
            while (client.Receive(question) > 0)
            {
                client.Send(Encoding.ASCII.GetBytes(Measure()));
            }
        }
    }

    private void Hear(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        ref long sum = ref _sums[Array.IndexOf(_instruments, instrument.Name)];
        if (instrument.IsObservable)
        {
            Volatile.Write(ref sum, value);
        }
        else
        {
            Interlocked.Add(ref sum, value);
        }
    }

    private string Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        _listener.RecordObservableInstruments();
        long heap = GC.GetTotalMemory(forceFullCollection: false);
        return string.Join(' ', _sums.Select(static (_, i) => i).Select(i => Interlocked.Read(ref _sums[i])).Prepend(heap).Select(static value => value.ToString(CultureInfo.InvariantCulture))) + "\n";
    }
}
