using System.Numerics;

namespace WebRtcSignaling.Limits;

/// <summary>
/// The failures of many, in memory of a fixed size. Whoever fails gets one of eight places that its hash chooses; if all are taken, it gets that of the one who is
/// nearest to having its failures forgiven. Hashes have a seed of their own in each process, so that nobody can aim at another's place. Safe for concurrent use.
/// </summary>
/// <param name="size">How many places; rounded up to a power of two.</param>
internal sealed class FailureTable(int size)
{
    private const int Ways = 8;

    private readonly Lock _lock = new();
    private readonly int _size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(size, Ways));
    private (FailureSource Source, GuessBucket Bucket)[]? _places;

    /// <summary>How many places there are, taken or not; none as long as nobody has failed.</summary>
    public int PlaceCount => _places?.Length ?? 0;

    /// <summary>How long a source has to wait before it may try; <see langword="null"/> if it may.</summary>
    public TimeSpan? WaitOf(FailureSource source, DateTimeOffset now)
    {
        lock (_lock)
        {
            int place = Find(source);
            return place < 0 ? null : _places![place].Bucket.WaitAt(now);
        }
    }

    /// <summary>Takes a token for a try; one that is no failure gives it back.</summary>
    /// <param name="source">Who tries.</param>
    /// <param name="full">The bucket of one who has not failed yet.</param>
    /// <param name="now">The time.</param>
    /// <returns>How long to wait if there is none; <see langword="null"/> if it was taken.</returns>
    public TimeSpan? Take(FailureSource source, GuessBucket full, DateTimeOffset now)
    {
        lock (_lock)
        {
            ref GuessBucket bucket = ref FindOrAdd(source, full);
            (bucket, TimeSpan? wait) = bucket.Take(now);
            return wait;
        }
    }

    /// <summary>Counts a failure that nobody was asked about before.</summary>
    public void Charge(FailureSource source, GuessBucket full, DateTimeOffset now)
    {
        lock (_lock)
        {
            ref GuessBucket bucket = ref FindOrAdd(source, full);
            bucket = bucket.Charge(now);
        }
    }

    /// <summary>Gives a token back; one whose place has gone to another has nothing to get back.</summary>
    public void GiveBack(FailureSource source)
    {
        lock (_lock)
        {
            int place = Find(source);
            if (place >= 0)
            {
                _places![place].Bucket = _places[place].Bucket.GiveBack();
            }
        }
    }

    private int FirstPlaceOf(FailureSource source) => source.GetHashCode() & (_size - 1) & -Ways;

    private int Find(FailureSource source)
    {
        if (_places is null)
        {
            return -1;
        }

        int first = FirstPlaceOf(source);
        for (int place = first; place < first + Ways; place++)
        {
            if (_places[place].Bucket.Capacity > 0 && _places[place].Source == source)
            {
                return place;
            }
        }

        return -1;
    }

    private ref GuessBucket FindOrAdd(FailureSource source, GuessBucket full)
    {
        _places ??= new (FailureSource, GuessBucket)[_size];
        int place = Find(source);
        if (place < 0)
        {
            int first = FirstPlaceOf(source);
            place = first;
            for (int other = first + 1; other < first + Ways; other++)
            {
                if (_places[other].Bucket.FullAt < _places[place].Bucket.FullAt)
                {
                    place = other;
                }
            }

            _places[place] = (source, full);
        }

        return ref _places[place].Bucket;
    }
}
