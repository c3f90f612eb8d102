using WebRtcSignaling.Limits;

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

    /// <summary>Who has put how many bytes, in the order of the puts; one after the other by the same network are one.</summary>
    internal List<(ClientNetwork? From, int Bytes)> Puts { get; } = [];

    internal void Add(byte[] message, ClientNetwork? from, TimeSpan now)
    {
        if (Puts.Count > 0 && Puts[^1].From == from)
        {
            Puts[^1] = (from, Puts[^1].Bytes + message.Length);
        }
        else
        {
            Puts.Add((from, message.Length));
        }

        Messages.Add(message);
        Bytes += message.Length;
        LastPut = now;
    }
}
