using System.Globalization;
using System.Text;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// What one client hears, in order. While the client is joining, pushes wait until it has been answered: it would not know the room yet, or would forget what
/// it was told of it when the answer comes. Safe for concurrent use; the lock stands between those of rooms and that of the wire.
/// </summary>
internal sealed class EasyRtcOutput(IEventPeer peer, SessionId client, TimeProvider time, int maxHeldBytes)
{
    private readonly Lock _lock = new();
    private List<byte[]>? _held;
    private int _heldBytes;
    private bool _isFull;

    /// <summary>From now on, pushes wait for <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _held ??= [];
        }
    }

    /// <summary>Answers; then all goes out that has waited.</summary>
    public void Release(IEventAcknowledgement acknowledgement, ReadOnlySpan<byte> reply)
    {
        lock (_lock)
        {
            acknowledgement.Send(reply);
            foreach (byte[] push in _held ?? [])
            {
                peer.Send(push);
            }

            _held = null;
            _heldBytes = 0;
        }
    }

    /// <summary>Sends what <see cref="EasyRtcPush"/> wrote; nothing if it wrote nothing.</summary>
    /// <returns>Whether the client may stay: no if more waits for it than may.</returns>
    public bool TryPush(ReadOnlySpan<byte> push)
    {
        if (push.IsEmpty)
        {
            return true;
        }

        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        string end = string.Create(CultureInfo.InvariantCulture, $$""","easyrtcid":"{{client.Value}}","serverTime":{{now}}}]""");
        byte[] whole = [.. push, .. Encoding.ASCII.GetBytes(end)];
        lock (_lock)
        {
            if (_held is null)
            {
                peer.Send(whole);
                return true;
            }

            _isFull |= whole.Length > maxHeldBytes - _heldBytes;
            if (!_isFull)
            {
                _heldBytes += whole.Length;
                _held.Add(whole);
            }

            return !_isFull;
        }
    }
}
