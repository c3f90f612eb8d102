using System.Net;
using System.Runtime.InteropServices;

namespace WebRtcSignaling.Limits;

/// <summary>How many of something each network has, up to a limit. Where no address is known, nothing is counted. Safe for concurrent use.</summary>
/// <param name="limit">How many one may have.</param>
internal sealed class NetworkCounter(int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientNetwork, int> _counts = [];

    /// <summary>How many networks have any.</summary>
    public int NetworkCount
    {
        get
        {
            lock (_lock)
            {
                return _counts.Count;
            }
        }
    }

    /// <summary>Counts one more, unless there are as many as may be; whoever was counted says so with <see cref="Leave"/> at its end.</summary>
    public bool TryEnter(IPAddress? address)
    {
        if (ClientNetwork.Of(address) is not { } network)
        {
            return true;
        }

        lock (_lock)
        {
            if (_counts.GetValueOrDefault(network) >= limit)
            {
                return false;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_counts, network, out _)++;
            return true;
        }
    }

    /// <summary>Whether <see cref="TryEnter"/> would count one more at this moment.</summary>
    public bool CanEnter(IPAddress? address)
    {
        if (ClientNetwork.Of(address) is not { } network)
        {
            return true;
        }

        lock (_lock)
        {
            return _counts.GetValueOrDefault(network) < limit;
        }
    }

    /// <summary>One that was counted is over.</summary>
    public void Leave(IPAddress? address)
    {
        if (ClientNetwork.Of(address) is not { } network)
        {
            return;
        }

        lock (_lock)
        {
            int left = _counts.GetValueOrDefault(network) - 1;
            if (left > 0)
            {
                _counts[network] = left;
            }
            else
            {
                _counts.Remove(network);
            }
        }
    }
}
