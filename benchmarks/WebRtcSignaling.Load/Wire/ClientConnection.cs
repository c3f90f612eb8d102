using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace WebRtcSignaling.Load.Wire;

/// <summary>
/// A WebSocket client of a few hundred bytes: it holds a buffer only while half a frame is there or the system takes no more. Used by one thread.
/// </summary>
internal sealed class ClientConnection : IDisposable
{
    /// <summary>The longest message that any case makes a server send, and much more.</summary>
    public const int MaxMessageBytes = 1_048_576;

    private readonly Socket _socket;
    private readonly Poller _poller;
    private readonly IMessageTarget _target;
    private byte[] _rest = [];
    private int _restLength;
    private byte[] _outgoing = [];
    private int _outgoingLength;
    private bool _awaitsRoom;
    private ArrayBufferWriter<byte>? _fragments;

    /// <summary>Connects and sends the handshake.</summary>
    public ClientConnection(int index, IPEndPoint server, string requestTarget, Poller poller, IMessageTarget target)
    {
        Index = index;
        _poller = poller;
        _target = target;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(server);
        _socket.Blocking = false;
        poller.Watch(_socket, index);
        Write(Upgrade.Request(requestTarget, server.Port));
        Flush();
    }

    public int Index { get; }

    public ConnectionStage Stage { get; set; }

    /// <summary>The id by which others reach it, once it is known.</summary>
    public string Id { get; set; } = "";

    /// <summary>The last message that has come, where the server numbers them.</summary>
    public long Heard { get; set; }

    /// <summary>How many bytes of messages have come since the server was told of the last one.</summary>
    public int Unacknowledged { get; set; }

    /// <summary>Whether <see cref="Write"/> was called since the last <see cref="Flush"/>.</summary>
    public bool HasOutput => _outgoingLength > 0;

    /// <summary>Takes whole frames; <see cref="Flush"/> sends them.</summary>
    public void Write(ReadOnlySpan<byte> frames)
    {
        if (_outgoing.Length < _outgoingLength + frames.Length)
        {
            Array.Resize(ref _outgoing, Math.Max(_outgoing.Length * 2, _outgoingLength + frames.Length));
        }

        frames.CopyTo(_outgoing.AsSpan(_outgoingLength));
        _outgoingLength += frames.Length;
    }

    /// <summary>Sends what the system takes; the rest goes when <see cref="Poller"/> says that there is room.</summary>
    public void Flush()
    {
        int sent = _socket.Send(_outgoing.AsSpan(0, _outgoingLength), SocketFlags.None, out SocketError error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            throw new LoadException($"The server broke a connection: {error}.");
        }

        sent = error == SocketError.Success ? sent : 0;
        _outgoing.AsSpan(sent, _outgoingLength - sent).CopyTo(_outgoing);
        _outgoingLength -= sent;
        if (_awaitsRoom != HasOutput)
        {
            _awaitsRoom = HasOutput;
            _poller.WatchWriting(_socket, Index, _awaitsRoom);
        }
    }

    /// <summary>Gives back the memory of a set-up whose messages were longer than what follows.</summary>
    public void Trim()
    {
        _rest = _restLength == 0 ? [] : _rest;
        _outgoing = _outgoingLength == 0 ? [] : _outgoing;
    }

    /// <summary>Takes what has come, once, and passes on the whole messages in it.</summary>
    /// <param name="buffer">Room that connections share.</param>
    public void Receive(byte[] buffer)
    {
        _rest.AsSpan(0, _restLength).CopyTo(buffer);
        int received = _socket.Receive(buffer.AsSpan(_restLength), SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (error != SocketError.Success || received == 0)
        {
            throw new LoadException($"The server ended a connection ({error}).");
        }

        ReadOnlySpan<byte> input = buffer.AsSpan(0, _restLength + received);
        input = input[Take(input)..];
        _restLength = input.Length;
        if (_rest.Length < _restLength)
        {
            _rest = new byte[_restLength];
        }

        input.CopyTo(_rest);
    }

    /// <summary>Breaks the connection, so that the system remembers nothing of it.</summary>
    public void Dispose()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <returns>How many bytes were taken.</returns>
    private int Take(ReadOnlySpan<byte> input)
    {
        int taken = 0;
        if (Stage == ConnectionStage.Upgrading)
        {
            if (!Upgrade.TryReadResponse(input, out taken))
            {
                return 0;
            }

            Stage = ConnectionStage.Naming;
            _target.OnUpgraded(this);
        }

        while (ServerFrame.TryRead(input[taken..], out ServerFrame frame))
        {
            TakeFrame(frame, input.Slice(taken + frame.HeaderLength, frame.PayloadLength));
            taken += frame.Length;
        }

        return taken;
    }

    private void TakeFrame(ServerFrame frame, ReadOnlySpan<byte> payload)
    {
        switch (frame.Opcode)
        {
            case ServerFrame.Text when frame.IsFinal:
                _target.OnMessage(this, payload);
                break;
            case ServerFrame.Text or ServerFrame.Continuation:
                _fragments ??= new ArrayBufferWriter<byte>();
                _fragments.Write(payload);
                if (frame.IsFinal)
                {
                    _target.OnMessage(this, _fragments.WrittenSpan);
                    _fragments.ResetWrittenCount();
                }

                break;
            case ServerFrame.Ping:
                _target.OnPing(this, payload);
                break;
            case ServerFrame.Close:
                throw new LoadException("The server closed a connection.");
        }
    }
}
