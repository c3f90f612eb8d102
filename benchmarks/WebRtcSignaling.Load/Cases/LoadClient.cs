using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using WebRtcSignaling.Load.Dialects;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Cases;

/// <summary>
/// Many connections to one server, all driven by the thread that calls <see cref="Turn"/>. What a turn makes them send goes out at its end,
/// one call to the system for each connection.
/// </summary>
internal sealed class LoadClient : IMessageTarget, IDisposable
{
    private const int MaxHandshakes = 64;

    /// <summary>
    /// After how many bytes a good client acknowledges messages, where they are numbered and no request has told it: a quarter of what a server keeps by default
    /// (docs/protocol.md, "Coming back").
    /// </summary>
    private const int BytesPerAcknowledgement = 16_384;

    private const int ReceiveBufferBytes = ClientConnection.MaxMessageBytes + 65_536;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);
    private static int s_clients;

    private readonly IPEndPoint _server;
    private readonly ClientDialect _dialect;
    private readonly byte[]? _heartbeat;
    private readonly Poller _poller = new();
    private readonly byte[] _buffer = new byte[ReceiveBufferBytes];
    private readonly List<ClientConnection> _connections = [];
    private readonly List<ClientConnection> _writing = [];
    private readonly int _number = s_clients++;
    private int _membersPerRoom = 1;
    private int _ready;
    private byte[] _data = [];
    private IDeliveryTarget? _deliveries;

    public LoadClient(IPEndPoint server, ClientDialect dialect)
    {
        _server = server;
        _dialect = dialect;
        _heartbeat = dialect.Heartbeat is { } beat ? ClientFrame.EncodeText(beat.Message) : null;
    }

    public ClientDialect Dialect => _dialect;

    public IReadOnlyList<ClientConnection> Connections => _connections;

    /// <summary>How long there was something to do, so far.</summary>
    public TimeSpan BusyTime { get; private set; }

    /// <summary>The room of a connection, or what would be its room where there are none.</summary>
    public string RoomOf(int index) => string.Create(CultureInfo.InvariantCulture, $"room-{_number}-{index / _membersPerRoom}");

    /// <summary>Connects, at most 64 at a time, until all have joined their rooms.</summary>
    public void Connect(int count, int membersPerRoom)
    {
        _membersPerRoom = membersPerRoom;
        long progress = Stopwatch.GetTimestamp();
        for (int before = -1; _ready < count;)
        {
            while (_connections.Count < count && _connections.Count - _ready < MaxHandshakes)
            {
                int index = _connections.Count;
                _connections.Add(new ClientConnection(index, _server, _dialect.RequestTarget(NameOf(index)), _poller, this));
            }

            Turn(100);
            if (_ready != before)
            {
                (before, progress) = (_ready, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(progress) > _patience)
            {
                throw new LoadException($"{_ready} of {count} connections came about.");
            }
        }

        foreach (ClientConnection connection in _connections)
        {
            connection.Trim();
        }
    }

    /// <summary>From now on a message counts as delivered if it carries this very text.</summary>
    public void Expect(string data, IDeliveryTarget deliveries)
    {
        _data = Encoding.UTF8.GetBytes(data);
        _deliveries = deliveries;
    }

    /// <summary>Takes a request, which goes out at the end of the turn.</summary>
    public void Send(ClientConnection connection, LoadRequest request)
    {
        Send(connection, request.Frame(connection.Heard));
        connection.Unacknowledged = 0;
    }

    /// <summary>Takes whole frames; they go out at the end of the turn.</summary>
    private void Send(ClientConnection connection, ReadOnlySpan<byte> frames)
    {
        if (!connection.HasOutput)
        {
            _writing.Add(connection);
        }

        connection.Write(frames);
    }

    /// <summary>Waits for input, takes it, and sends what there is to send.</summary>
    /// <param name="milliseconds">
    /// How long to wait at most. 0 while something is measured: the core is this program's own, a wait would end too late, and to end it costs whoever sends what is waited for,
    /// the server, some microseconds, which on another machine would be that machine's.
    /// </param>
    public void Turn(int milliseconds)
    {
        Flush();
        int count = _poller.Wait(milliseconds);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            (int tag, bool isReadable, bool isWritable) = _poller[i];
            ClientConnection connection = _connections[tag];
            if (isWritable)
            {
                connection.Flush();
            }

            if (isReadable)
            {
                connection.Receive(_buffer);
            }
        }

        Flush();
        if (count > 0)
        {
            BusyTime += Stopwatch.GetElapsedTime(begin);
        }
    }

    /// <summary>Turns for a while without waiting.</summary>
    public void RunFor(TimeSpan duration)
    {
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < duration)
        {
            Turn(0);
        }
    }

    /// <summary>Answers and sends what keeps connections alive that have nothing to do for some seconds.</summary>
    public void KeepAlive()
    {
        if (_heartbeat is not null)
        {
            foreach (ClientConnection connection in _connections)
            {
                Send(connection, _heartbeat);
            }
        }

        Turn(0);
    }

    /// <summary>Does nothing for a while but what keeps connections alive.</summary>
    public void Idle(TimeSpan duration)
    {
        double beatsPerSecond = _dialect.Heartbeat is { } every ? _connections.Count / every.Interval.TotalSeconds : 0;
        long begin = Stopwatch.GetTimestamp();
        long sent = 0;
        for (TimeSpan elapsed = default; elapsed < duration; elapsed = Stopwatch.GetElapsedTime(begin))
        {
            // Spread evenly, as clients that came one after the other are.
            for (long due = (long)(elapsed.TotalSeconds * beatsPerSecond); sent < due; sent++)
            {
                Send(_connections[(int)(sent % _connections.Count)], _heartbeat);
            }

            Turn(10);
        }
    }

    void IMessageTarget.OnUpgraded(ClientConnection connection)
    {
        if (_dialect.Opening() is { } opening)
        {
            Send(connection, ClientFrame.EncodeText(opening));
        }
    }

    void IMessageTarget.OnPing(ClientConnection connection, ReadOnlySpan<byte> payload) =>
        Send(connection, ClientFrame.Encode(ClientFrame.Pong, payload));

    void IMessageTarget.OnMessage(ClientConnection connection, ReadOnlySpan<byte> message)
    {
        if (_dialect.Separator is not { } separator)
        {
            Take(connection, message);
            return;
        }

        for (int end; (end = message.IndexOf(separator)) >= 0; message = message[(end + 1)..])
        {
            Take(connection, message[..end]);
        }
    }

    public void Dispose()
    {
        foreach (ClientConnection connection in _connections)
        {
            connection.Dispose();
        }

        _poller.Dispose();
    }

    private void Take(ClientConnection connection, ReadOnlySpan<byte> message)
    {
        if (_dialect.ReadNumber(message) is { } number)
        {
            connection.Heard = number;
            connection.Unacknowledged += message.Length;
        }

        Answer(connection, message);
        if (connection.Unacknowledged > BytesPerAcknowledgement)
        {
            connection.Unacknowledged = 0;
            Send(connection, ClientFrame.EncodeText(_dialect.Acknowledgement(connection.Heard)));
        }
    }

    private void Answer(ClientConnection connection, ReadOnlySpan<byte> message)
    {
        if (_deliveries is not null && message.IndexOf(_data) >= 0)
        {
            _deliveries.OnDelivery(connection);
            return;
        }

        if (_dialect.IsRefusal(message))
        {
            throw new LoadException($"The server refused: {Encoding.UTF8.GetString(message)}");
        }

        if (_dialect.Reply(message) is { } reply)
        {
            Send(connection, ClientFrame.EncodeText(reply));
        }
        else if (connection.Stage != ConnectionStage.Ready)
        {
            GoOn(connection, message);
        }
    }

    private void GoOn(ClientConnection connection, ReadOnlySpan<byte> message)
    {
        if (connection.Stage == ConnectionStage.Naming && _dialect.ReadId(message, NameOf(connection.Index)) is { } id)
        {
            connection.Id = id;
            connection.Stage = ConnectionStage.Joining;
            if (_dialect.HasRooms)
            {
                Send(connection, ClientFrame.EncodeText(_dialect.Join(RoomOf(connection.Index))));
                return;
            }
        }
        else if (connection.Stage != ConnectionStage.Joining || !_dialect.IsJoined(message))
        {
            return;
        }

        connection.Stage = ConnectionStage.Ready;
        _ready++;
    }

    private void Flush()
    {
        foreach (ClientConnection connection in _writing)
        {
            connection.Flush();
        }

        _writing.Clear();
    }

    private string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"client-{_number}-{index}");
}
