namespace WebRtcSignaling.Names;

/// <summary>
/// What has a name, found by how names begin. Finding costs as much as is found, and hardly more where there is a lot else. Safe for concurrent use.
/// </summary>
/// <param name="order">How names are compared, character by character from the first one on.</param>
internal sealed class NameIndex<T>(IComparer<string> order)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly SortedSet<(string Name, T? Value)> _entries =
        new(Comparer<(string Name, T? Value)>.Create((one, other) => order.Compare(one.Name, other.Name)));

    /// <summary>Adds something; where there is something of that name, that stays.</summary>
    public void Add(string name, T value)
    {
        lock (_lock)
        {
            _entries.Add((name, value));
        }
    }

    /// <summary>Takes away what has a name, if anything has.</summary>
    public void Remove(string name)
    {
        lock (_lock)
        {
            _entries.Remove((name, null));
        }
    }

    /// <summary>What has a name that begins so, in the order of the names.</summary>
    /// <param name="prefix">How it begins; empty for all.</param>
    /// <param name="most">The most to find.</param>
    public IReadOnlyList<T> Find(string prefix, int most)
    {
        var found = new List<T>();
        lock (_lock)
        {
            if (_entries.Count == 0 || order.Compare(prefix, _entries.Max.Name) > 0)
            {
                return found;
            }

            foreach ((string name, T? value) in _entries.GetViewBetween((prefix, null), _entries.Max))
            {
                if (found.Count == most || !name.StartsWith(prefix, StringComparison.Ordinal))
                {
                    break;
                }

                found.Add(value!);
            }
        }

        return found;
    }
}
