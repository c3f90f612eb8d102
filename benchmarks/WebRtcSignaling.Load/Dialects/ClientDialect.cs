namespace WebRtcSignaling.Load.Dialects;

/// <summary>How a client of one kind of server talks: what it sends, and what it makes of what it hears. No I/O, no state.</summary>
internal abstract class ClientDialect
{
    /// <summary>The byte that ends each message, where several may come in one WebSocket message.</summary>
    public virtual byte? Separator => null;

    /// <summary>Whether the server knows rooms.</summary>
    public virtual bool HasRooms => true;

    /// <summary>What this kind of client sends by itself so as to be taken for alive, and how often; null if it only answers.</summary>
    public virtual (string Message, TimeSpan Interval)? Heartbeat => null;

    /// <summary>Where it connects to.</summary>
    /// <param name="name">A name that no other connection has.</param>
    public abstract string RequestTarget(string name);

    /// <summary>What it says first, if it does.</summary>
    public virtual string? Opening() => null;

    /// <summary>The id by which others reach it, if this message tells that it is now known.</summary>
    public abstract string? ReadId(ReadOnlySpan<byte> message, string name);

    public abstract string Join(string room);

    public abstract bool IsJoined(ReadOnlySpan<byte> message);

    /// <summary>A signal to one member of a room.</summary>
    public abstract string Signal(string room, string targetId, string data);

    /// <summary>A message to all others of a room.</summary>
    public abstract string Message(string room, string data);

    /// <summary>What a message that carries no data must be answered with; null for nothing.</summary>
    public virtual string? Reply(ReadOnlySpan<byte> message) => null;

    /// <summary>The number that a message bears, where the server keeps what it has sent until that is acknowledged; null for none.</summary>
    public virtual long? ReadNumber(ReadOnlySpan<byte> message) => null;

    /// <summary>That all messages up to a number have come, where there is nothing else to say.</summary>
    public virtual string Acknowledgement(long number) => throw new NotSupportedException("This server numbers no messages.");

    /// <summary>What goes into a request, before a number as wide as may be, so that it says that all messages up to that number have come, too; null if nothing can.</summary>
    public virtual string? AcknowledgementMember => null;

    /// <summary>Whether the server says that something went wrong.</summary>
    public abstract bool IsRefusal(ReadOnlySpan<byte> message);

    /// <summary>The text between a mark and the next quotation mark, or null if the mark does not occur.</summary>
    protected static string? TextAfter(ReadOnlySpan<byte> message, ReadOnlySpan<byte> mark)
    {
        int at = message.IndexOf(mark);
        if (at < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> text = message[(at + mark.Length)..];
        int end = text.IndexOf((byte)'"');
        return end < 0 ? null : System.Text.Encoding.UTF8.GetString(text[..end]);
    }
}
