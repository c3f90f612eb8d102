using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using WebRtcSignaling.Load.Wire;

namespace Alternatives.Bare;

/// <summary>
/// The least that a relay in C# can do: one thread that polls, texts that are searched instead of parsed, nothing checked, bounded, numbered or kept, one send for all that a look at
/// the sockets brought. It is no server for anybody; it tells how much of what a server costs is the system's own.
/// </summary>
internal sealed class BareRelay : IDisposable
{
    private const int ListenerTag = int.MaxValue;
    private const int Backlog = 1_024;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Poller _poller = new();
    private readonly List<BareClient?> _clients = [];
    private readonly List<BareClient> _sending = [];
    private readonly Dictionary<string, List<BareClient>> _rooms = [];
    private readonly byte[] _buffer = new byte[BareClient.MaxBytes];

    public static void Run()
    {
        using var relay = new BareRelay();
        relay._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        relay._listener.Listen(Backlog);
        relay._poller.Watch(relay._listener, ListenerTag);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"listening on http://{relay._listener.LocalEndPoint}"));
        while (true)
        {
            relay.Turn();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _poller.Dispose();
    }

    /// <summary>A client's handshake is answered.</summary>
    public void OnUpgraded(BareClient client) => Send(client, BareText.Welcome(client.Index), []);

    /// <summary>A message has come.</summary>
    public void OnMessage(BareClient client, ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> type = BareText.ValueOf(message, "\"type\":\""u8);
        ReadOnlySpan<byte> room = BareText.ValueOf(message, "\"room\":\""u8);
        Span<byte> head = stackalloc byte[BareText.MaxHead];
        if (type.SequenceEqual("signal-send"u8))
        {
            if (_clients[BareText.NumberOf(message, "\"targetId\":\""u8)] is { } target)
            {
                Send(target, BareText.WriteHead(head, "signal-receive"u8, room, client.Index), BareText.DataOf(message));
            }
        }
        else if (type.SequenceEqual("message-send"u8))
        {
            ReadOnlySpan<byte> start = BareText.WriteHead(head, "message-receive"u8, room, client.Index);
            foreach (BareClient member in client.Room)
            {
                if (member != client)
                {
                    Send(member, start, BareText.DataOf(message));
                }
            }
        }
        else if (type.SequenceEqual("room-join"u8))
        {
            string name = Encoding.ASCII.GetString(room);
            client.Room = _rooms.TryGetValue(name, out List<BareClient>? members) ? members : _rooms[name] = [];
            client.Room.Add(client);
            Send(client, BareText.WriteHead(head, "room-joined"u8, room, client.Index), "\"data\":null}"u8);
        }
    }

    private void Turn()
    {
        int count = _poller.Wait(-1);
        for (int i = 0; i < count; i++)
        {
            (int tag, bool isReadable, bool isWritable) = _poller[i];
            if (tag == ListenerTag)
            {
                Accept();
            }
            else if (_clients[tag] is { } client)
            {
                if (isWritable)
                {
                    client.Flush(_poller);
                }

                if (isReadable && !client.TryReceive(_buffer, this))
                {
                    Remove(client);
                }
            }
        }

        foreach (BareClient client in _sending)
        {
            client.Flush(_poller);
        }

        _sending.Clear();
    }

    private void Send(BareClient client, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (!client.HasOutput)
        {
            _sending.Add(client);
        }

        client.Write(head, body);
    }

    private void Accept()
    {
        while (_listener.Poll(0, SelectMode.SelectRead))
        {
            Socket socket = _listener.Accept();
            socket.Blocking = false;
            socket.NoDelay = true;
            var client = new BareClient(_clients.Count, socket);
            _clients.Add(client);
            _poller.Watch(socket, client.Index);
        }
    }

    private void Remove(BareClient client)
    {
        _clients[client.Index] = null;
        _sending.Remove(client);
        client.Room.Remove(client);
        client.Dispose();
    }
}
