using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using WebRtcSignaling.Load.Wire;

namespace Alternatives.Bare;

/// <summary>One client of the bare relay: takes its handshake and its frames apart, and gathers what goes to it. Well-formed input only.</summary>
internal sealed class BareClient(int index, Socket socket) : IDisposable
{
    /// <summary>What one receive takes at most, together with what was left of the one before.</summary>
    public const int MaxBytes = 262_144;

    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyLength = 24;
    private const byte FinalText = 0x81;
    private const byte Text = 0x01;
    private const int TwoByteLength = 126;

    private byte[] _rest = [];
    private byte[] _outgoing = new byte[512];
    private int _outgoingLength;
    private bool _isUpgraded;
    private bool _awaitsRoom;

    public int Index => index;

    /// <summary>All members of its room, itself included.</summary>
    public List<BareClient> Room { get; set; } = [];

    public bool HasOutput => _outgoingLength > 0;

    /// <summary>Takes what has come, once. A receive that does not fill the buffer has emptied the socket, and polling tells of more.</summary>
    /// <returns>Whether the client is still there.</returns>
    public bool TryReceive(byte[] buffer, BareRelay relay)
    {
        _rest.CopyTo(buffer, 0);
        int received = socket.Receive(buffer.AsSpan(_rest.Length), SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
        {
            return true;
        }

        if (error != SocketError.Success || received == 0)
        {
            return false;
        }

        Span<byte> input = buffer.AsSpan(0, _rest.Length + received);
        input = input[(_isUpgraded ? TakeFrames(input, relay) : TakeHandshake(input, relay))..];
        _rest = input.IsEmpty ? [] : input.ToArray();
        return true;
    }

    /// <summary>Takes one text message in two pieces; <see cref="Flush"/> sends it.</summary>
    public void Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        int length = head.Length + body.Length;
        Span<byte> frame = Reserve(length + 4);
        frame[0] = FinalText;
        int start = 2;
        frame[1] = (byte)length;
        if (length >= TwoByteLength)
        {
            frame[1] = TwoByteLength;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)length);
            start = 4;
        }

        head.CopyTo(frame[start..]);
        body.CopyTo(frame[(start + head.Length)..]);
        _outgoingLength += start + length;
    }

    /// <summary>Sends what the system takes, and the rest when there is room.</summary>
    public void Flush(Poller poller)
    {
        int sent = socket.Send(_outgoing.AsSpan(0, _outgoingLength), SocketFlags.None, out SocketError error);
        sent = error == SocketError.Success ? sent : 0;
        _outgoing.AsSpan(sent, _outgoingLength - sent).CopyTo(_outgoing);
        _outgoingLength -= sent;
        if (_awaitsRoom != HasOutput)
        {
            _awaitsRoom = HasOutput;
            poller.WatchWriting(socket, index, _awaitsRoom);
        }
    }

    public void Dispose() => socket.Dispose();

    private int TakeFrames(Span<byte> input, BareRelay relay)
    {
        int taken = 0;
        while (input.Length - taken >= 6)
        {
            Span<byte> frame = input[taken..];
            int length = frame[1] & 0x7F;
            int start = 2;
            if (length == TwoByteLength)
            {
                length = BinaryPrimitives.ReadUInt16BigEndian(frame[2..]);
                start = 4;
            }

            if (frame.Length < start + 4 + length)
            {
                break;
            }

            Span<byte> payload = frame.Slice(start + 4, length);
            Unmask(payload, MemoryMarshal.Read<uint>(frame[start..]));
            if ((frame[0] & 0xF) == Text)
            {
                relay.OnMessage(this, payload);
            }

            taken += start + 4 + length;
        }

        return taken;
    }

    private static void Unmask(Span<byte> payload, uint key)
    {
        Span<ulong> wide = MemoryMarshal.Cast<byte, ulong>(payload);
        ulong mask = ((ulong)key << 32) | key;
        foreach (ref ulong part in wide)
        {
            part ^= mask;
        }

        for (int i = wide.Length * sizeof(ulong); i < payload.Length; i++)
        {
            payload[i] ^= (byte)(key >> (8 * (i & 3)));
        }
    }

    private int TakeHandshake(ReadOnlySpan<byte> input, BareRelay relay)
    {
        int end = input.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        string head = Encoding.ASCII.GetString(input[..end]);
        int key = head.IndexOf("Sec-WebSocket-Key: ", StringComparison.OrdinalIgnoreCase) + "Sec-WebSocket-Key: ".Length;
#pragma warning disable CA5350 // RFC 6455 section 4.2.2 asks for SHA-1.
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes($"{head.AsSpan(key, KeyLength)}{Guid}")));
#pragma warning restore CA5350
        byte[] answer = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
        socket.Send(answer);
        _isUpgraded = true;
        relay.OnUpgraded(this);
        return end + 4;
    }

    private Span<byte> Reserve(int count)
    {
        if (_outgoing.Length < _outgoingLength + count)
        {
            Array.Resize(ref _outgoing, Math.Max(2 * _outgoing.Length, _outgoingLength + count));
        }

        return _outgoing.AsSpan(_outgoingLength);
    }
}
