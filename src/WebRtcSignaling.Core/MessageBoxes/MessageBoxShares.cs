using System.Runtime.InteropServices;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;

namespace WebRtcSignaling.MessageBoxes;

/// <summary>
/// How much of the boxes each network has filled: the boxes whose first message it has put, and the bytes that it has put into any. What came from nobody known is not counted.
/// Belongs to a <see cref="MessageBoxTable"/>.
/// </summary>
internal sealed class MessageBoxShares(MessageBoxOptions limits)
{
    private readonly Dictionary<ClientNetwork, Share> _shares = [];

    /// <summary>How many networks have filled anything.</summary>
    internal int Count => _shares.Count;

    /// <summary>Why a network may put no such message now; <see langword="null"/> if it may.</summary>
    internal SignalingError? FindFull(ClientNetwork? from, bool isFirst, int length, TimeSpan? retryAfter)
    {
        if (from is not { } network)
        {
            return null;
        }

        Share share = _shares.GetValueOrDefault(network);
        return isFirst && share.Boxes >= limits.MaxBoxesPerAddress ? MessageBoxRefusals.TooManyBoxesOfAddress(limits.MaxBoxesPerAddress, retryAfter)
            : length > limits.MaxBytesPerAddress - share.Bytes ? MessageBoxRefusals.TooManyBytesOfAddress(limits.MaxBytesPerAddress, retryAfter)
            : null;
    }

    internal void Add(ClientNetwork? from, bool isFirst, int length)
    {
        if (from is { } network)
        {
            ref Share share = ref CollectionsMarshal.GetValueRefOrAddDefault(_shares, network, out _);
            share = new(share.Boxes + (isFirst ? 1 : 0), share.Bytes + length);
        }
    }

    /// <summary>Gives back what a box took that holds nothing any more.</summary>
    internal void Remove(MessageBox box)
    {
        bool isFirst = true;
        foreach ((ClientNetwork? from, int bytes) in box.Puts)
        {
            if (from is { } network)
            {
                Share share = _shares[network];
                Share left = new(share.Boxes - (isFirst ? 1 : 0), share.Bytes - bytes);
                if (left == default)
                {
                    _shares.Remove(network);
                }
                else
                {
                    _shares[network] = left;
                }
            }

            isFirst = false;
        }
    }

    internal void Clear() => _shares.Clear();

    private readonly record struct Share(int Boxes, long Bytes);
}
