using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Messages;

/// <summary>One message or control frame, as <see cref="MessageReader"/> assembled and checked it.</summary>
internal readonly struct IncomingMessage
{
    public IncomingMessage(MessageKind kind, ReadOnlyMemory<byte> payload)
    {
        Kind = kind;
        Payload = payload;
    }

    public IncomingMessage(ReadOnlyMemory<byte> payload, CloseCode? closeCode, string closeReason)
        : this(MessageKind.Close, payload)
    {
        CloseCode = closeCode;
        CloseReason = closeReason;
    }

    public MessageKind Kind { get; }

    /// <summary>
    /// The whole payload without its mask; of a Close frame the whole body. It lies in a pooled buffer, which the reader's next
    /// <see cref="MessageReader.TryRead"/>, <see cref="MessageReader.ReleaseIdle"/> or <see cref="MessageReader.Dispose"/> takes back.
    /// </summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The code of a Close frame, or null if it has none.</summary>
    public CloseCode? CloseCode { get; }

    /// <summary>The reason of a Close frame, chosen by the peer; empty if it has none. Null on every other kind.</summary>
    public string? CloseReason { get; }
}
