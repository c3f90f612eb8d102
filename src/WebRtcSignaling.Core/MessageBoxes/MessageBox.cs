namespace WebRtcSignaling.MessageBoxes;

/// <summary>
/// One box in use: it holds messages, or somebody waits at it, and never both. A box with neither is not kept, because it cannot be told
/// from one that never was. Belongs to a <see cref="MessageBoxTable"/>.
/// </summary>
internal sealed class MessageBox
{
    internal MessageBox(MessageBoxId id)
    {
        Id = id;
        Node = new LinkedListNode<MessageBox>(this);
    }

    internal MessageBoxId Id { get; }

    /// <summary>The box's place among the boxes with messages, by the time of the last put.</summary>
    internal LinkedListNode<MessageBox> Node { get; }

    /// <summary>In the order of the puts.</summary>
    internal List<ReadOnlyMemory<byte>> Messages { get; } = [];

    /// <summary>How long all messages are together.</summary>
    internal int Bytes { get; private set; }

    /// <summary>When the last message was put.</summary>
    internal TimeSpan LastPut { get; private set; }

    /// <summary>Who waits for a message, the first to come first.</summary>
    internal List<MessageBoxWait> Waits { get; } = [];

    internal void Add(byte[] message, TimeSpan now)
    {
        Messages.Add(message);
        Bytes += message.Length;
        LastPut = now;
    }
}
