using System.Collections.ObjectModel;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;

namespace WebRtcSignaling.MessageBoxes;

/// <summary>
/// All boxes in use, and the rules of what they may hold. Data only: no clock (times are spans since some beginning), no lock, no timer.
/// Guarded by the lock of its <see cref="MessageBoxRegistry"/>.
/// </summary>
internal sealed class MessageBoxTable(MessageBoxOptions limits)
{
    private readonly Dictionary<MessageBoxId, MessageBox> _boxes = [];
    private readonly MessageBoxShares _shares = new(limits);

    /// <summary>The boxes that hold messages; the first is the first to expire.</summary>
    private readonly LinkedList<MessageBox> _byLastPut = new();

    internal int Count => _boxes.Count;

    internal long TotalBytes { get; private set; }

    /// <summary>How many networks have filled any box.</summary>
    internal int NetworkCount => _shares.Count;

    /// <summary>When the first box expires; <see langword="null"/> while none holds a message.</summary>
    internal TimeSpan? NextExpiry => _byLastPut.First?.Value.LastPut + limits.IdleTimeout;

    /// <summary>
    /// Appends a message to its box, or, if somebody waits there, takes the first who waits off the box, for the caller to hand the message
    /// to.
    /// </summary>
    internal SignalingResult<int> Put(MessageBoxId id, byte[] message, ClientNetwork? from, TimeSpan now, out MessageBoxWait? receiver)
    {
        receiver = null;
        if (_boxes.TryGetValue(id, out MessageBox? box) && box.Waits.Count > 0)
        {
            receiver = box.Waits[0];
            TryRemove(receiver);
            return 1;
        }

        TimeSpan? retryAfter = NextExpiry - now;
        SignalingError? full = _shares.FindFull(from, box is null, message.Length, retryAfter) ?? FindFull(box, message.Length, retryAfter);
        if (full is not null)
        {
            return full;
        }

        _shares.Add(from, box is null, message.Length);

        if (box is null)
        {
            box = new MessageBox(id);
            _boxes.Add(id, box);
        }
        else
        {
            _byLastPut.Remove(box.Node);
        }

        box.Add(message, from, now);
        _byLastPut.AddLast(box.Node);
        TotalBytes += message.Length;
        return box.Messages.Count;
    }

    internal ReadOnlyCollection<ReadOnlyMemory<byte>> TakeAll(MessageBoxId id)
    {
        if (!_boxes.TryGetValue(id, out MessageBox? box) || box.Messages.Count == 0)
        {
            return ReadOnlyCollection<ReadOnlyMemory<byte>>.Empty;
        }

        Drop(box);
        return box.Messages.AsReadOnly();
    }

    /// <summary>Lets a request wait at its box, which holds no message.</summary>
    internal SignalingError? FindRefusalOrAdd(MessageBoxWait wait, TimeSpan now)
    {
        if (!_boxes.TryGetValue(wait.Id, out MessageBox? box))
        {
            if (_boxes.Count >= limits.MaxBoxes)
            {
                return MessageBoxRefusals.TooManyBoxes(NextExpiry - now);
            }

            box = new MessageBox(wait.Id);
            _boxes.Add(wait.Id, box);
        }
        else if (box.Waits.Count >= limits.MaxWaitsPerBox)
        {
            return MessageBoxRefusals.TooManyWaits(limits.MaxWaitsPerBox);
        }

        box.Waits.Add(wait);
        return null;
    }

    /// <summary>Takes a wait off its box. Whether it was still there.</summary>
    internal bool TryRemove(MessageBoxWait wait)
    {
        if (!_boxes.TryGetValue(wait.Id, out MessageBox? box) || !box.Waits.Remove(wait))
        {
            return false;
        }

        if (box.Waits.Count == 0)
        {
            _boxes.Remove(wait.Id);
        }

        return true;
    }

    internal void DropExpired(TimeSpan now)
    {
        while (NextExpiry <= now)
        {
            Drop(_byLastPut.First!.Value);
        }
    }

    /// <summary>Forgets everything, and says who waited.</summary>
    internal MessageBoxWait[] Clear()
    {
        MessageBoxWait[] waits = [.. _boxes.Values.SelectMany(static box => box.Waits)];
        _boxes.Clear();
        _byLastPut.Clear();
        _shares.Clear();
        TotalBytes = 0;
        return waits;
    }

    private void Drop(MessageBox box)
    {
        _boxes.Remove(box.Id);
        _byLastPut.Remove(box.Node);
        _shares.Remove(box);
        TotalBytes -= box.Bytes;
    }

    private SignalingError? FindFull(MessageBox? box, int length, TimeSpan? retryAfter)
    {
        if (box is null && _boxes.Count >= limits.MaxBoxes)
        {
            return MessageBoxRefusals.TooManyBoxes(retryAfter);
        }

        if (box?.Messages.Count >= limits.MaxMessagesPerBox)
        {
            return MessageBoxRefusals.TooManyMessages(limits.MaxMessagesPerBox);
        }

        // Subtractions, because sums of lengths and limits could overflow.
        if (length > limits.MaxBoxBytes - (box?.Bytes ?? 0))
        {
            return MessageBoxRefusals.BoxFull(limits.MaxBoxBytes);
        }

        return length > limits.MaxTotalBytes - TotalBytes ? MessageBoxRefusals.AllFull(retryAfter) : null;
    }
}
