using System.Buffers;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Messages;

/// <summary>
/// Turns the bytes of one direction of a connection into messages (RFC 6455 sections 5 to 8): takes frames apart, unmasks, assembles
/// fragments with control frames between them, and checks every rule as early as the bytes allow. No I/O: bytes in, messages out,
/// and the messages do not depend on how the bytes were cut.
/// </summary>
/// <remarks>
/// Not thread-safe: one caller at a time. Holds a pooled buffer only while a message is incomplete or in the caller's hands.
/// Reading a message allocates nothing, apart from the text of a close reason.
/// </remarks>
internal sealed class MessageReader : IDisposable
{
    /// <summary>
    /// How many fragments of a message may be empty. Section 5.4 allows any number, and no limit on bytes or messages would ever meet a message of nothing else.
    /// </summary>
    public const int MaxEmptyFragments = 100;

    private readonly int _maxMessageBytes;
    private readonly bool _expectMasked;

    private FrameHeader _frame;
    private long _frameReceived;
    private bool _insideFrame;

    private MessageKind _messageKind;
    private bool _insideMessage;
    private int _emptyFragments;
    private Utf8Validator _text;
    private PayloadBuffer _message;

    // A control frame may come between the fragments of a message (section 5.4), so it has a buffer of its own.
    private PayloadBuffer _control;

    private bool _ended;
    private bool _disposed;

    /// <param name="maxMessageBytes">The longest data message, all fragments together; a longer one is refused with 1009 by its
    /// header.</param>
    /// <param name="expectMasked">True to read what a client sends, false to read what a server sends (section 5.1).</param>
    public MessageReader(int maxMessageBytes, bool expectMasked = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessageBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMessageBytes, Array.MaxLength);
        _maxMessageBytes = maxMessageBytes;
        _expectMasked = expectMasked;
    }

    /// <summary>The rule that the peer broke, once <see cref="TryRead"/> has returned <see cref="ReadStatus.Violation"/>.</summary>
    public ProtocolViolation? Violation { get; private set; }

    /// <summary>How many bytes of pooled memory this reader holds now.</summary>
    public int BufferedCapacity => _message.Capacity + _control.Capacity;

    /// <summary>
    /// Reads on, until there is a message or no more input. Call it again with what it left of <paramref name="input"/> as long as it
    /// returns <see cref="ReadStatus.Message"/>; after <see cref="ReadStatus.NeedMore"/>, keep what it left (never more than part of
    /// a header) and call it again with that and the bytes that follow.
    /// </summary>
    /// <param name="input">The bytes that have arrived; moved past those that were consumed, and never written to.</param>
    /// <param name="message">The message, valid until the next call.</param>
    public ReadStatus TryRead(ref ReadOnlySequence<byte> input, out IncomingMessage message)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        message = default;
        ReleaseIdle();
        if (_ended)
        {
            return ReadStatus.Ended;
        }

        while (true)
        {
            if (!_insideFrame)
            {
                var context = new FrameContext(_expectMasked, _insideMessage, _maxMessageBytes - _message.Length);
                var status = FrameHeader.Parse(input, context, out var header, out var violation);
                if (status != HeaderStatus.Complete)
                {
                    return violation is null ? ReadStatus.NeedMore : Refuse(violation);
                }

                input = input.Slice(header.Length);
                BeginFrame(header);
                if (_emptyFragments > MaxEmptyFragments)
                {
                    return Refuse(ProtocolViolation.TooManyEmptyFragments);
                }
            }

            if (ReadPayload(ref input) is { } broken)
            {
                return Refuse(broken);
            }

            if (_frameReceived < _frame.PayloadLength)
            {
                return ReadStatus.NeedMore;
            }

            _insideFrame = false;
            if (_frame.Fin)
            {
                message = _frame.IsControl ? EndControl() : EndMessage();
                return ReadStatus.Message;
            }
        }
    }

    /// <summary>Takes back the buffer of the message that was handed out last, if any. One that is incomplete keeps its own.</summary>
    public void ReleaseIdle()
    {
        if (!_insideMessage)
        {
            _message.Release();
        }

        if (!_insideFrame || !_frame.IsControl)
        {
            _control.Release();
        }
    }

    /// <summary>Takes back every buffer; the message handed out last is no longer valid.</summary>
    public void Dispose()
    {
        _disposed = true;
        Drop();
    }

    private void BeginFrame(in FrameHeader header)
    {
        _frame = header;
        _frameReceived = 0;
        _insideFrame = true;
        if (header.Opcode is Opcode.Text or Opcode.Binary)
        {
            _messageKind = header.Opcode == Opcode.Text ? MessageKind.Text : MessageKind.Binary;
            _insideMessage = true;
            _emptyFragments = 0;
            _text = default;
        }

        if (!header.IsControl && !header.Fin && header.PayloadLength == 0)
        {
            _emptyFragments++;
        }
    }

    /// <summary>Moves as much of the frame's payload as there is into its buffer, and checks it there.</summary>
    private ProtocolViolation? ReadPayload(ref ReadOnlySequence<byte> input)
    {
        var lacking = _frame.PayloadLength - _frameReceived;
        var count = (int)Math.Min(lacking, input.Length);
        if (count > 0)
        {
            var unmasked = _frame.IsControl
                ? _control.Append(count, lacking, FrameHeader.MaxControlPayload)
                : _message.Append(count, lacking, _maxMessageBytes);
            Unmask(input.Slice(0, count), unmasked);
            input = input.Slice(count);
            if (!_frame.IsControl && _messageKind == MessageKind.Text && !_text.Append(unmasked))
            {
                return ProtocolViolation.TextNotUtf8;
            }
        }

        var isWhole = _frameReceived == _frame.PayloadLength;
        if (_frame.Opcode == Opcode.Close)
        {
            return CloseBody.Check(_control.Span, isWhole);
        }

        // The last fragment may be empty and still end the text inside a code point.
        var endsText = isWhole && _frame.Fin && !_frame.IsControl && _messageKind == MessageKind.Text;
        return endsText && !_text.Complete() ? ProtocolViolation.TextNotUtf8 : null;
    }

    private void Unmask(in ReadOnlySequence<byte> source, Span<byte> destination)
    {
        foreach (var segment in source)
        {
            FrameMask.Copy(segment.Span, destination, _frame.MaskingKey, _frameReceived);
            destination = destination[segment.Length..];
            _frameReceived += segment.Length;
        }
    }

    private IncomingMessage EndControl()
    {
        switch (_frame.Opcode)
        {
            case Opcode.Ping:
                return new IncomingMessage(MessageKind.Ping, _control.Memory);
            case Opcode.Pong:
                return new IncomingMessage(MessageKind.Pong, _control.Memory);
            default:
                // Section 5.5.1: no data follows a Close frame, so a message that it interrupts never ends.
                _ended = true;
                _insideMessage = false;
                _message.Release();
                return CloseBody.ToMessage(_control.Memory);
        }
    }

    private IncomingMessage EndMessage()
    {
        _insideMessage = false;
        return new IncomingMessage(_messageKind, _message.Memory);
    }

    private ReadStatus Refuse(ProtocolViolation violation)
    {
        Violation = violation;
        _ended = true;
        Drop();
        return ReadStatus.Violation;
    }

    private void Drop()
    {
        _insideFrame = false;
        _insideMessage = false;
        _message.Release();
        _control.Release();
    }
}
