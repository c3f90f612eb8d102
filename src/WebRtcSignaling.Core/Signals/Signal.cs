using WebRtcSignaling.Calls;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Signals;

/// <summary>
/// A signal on its way to one session. It exists only during the call that delivers it, so that relaying allocates nothing.
/// </summary>
public readonly ref struct Signal
{
    /// <summary>The room that sender and receiver share; the default value for a direct signal.</summary>
    public RoomId Room { get; init; }

    /// <summary>Who sent it. The server sets this; a sender cannot.</summary>
    public required SessionId Sender { get; init; }

    /// <summary>The call it belongs to; the default value outside calls.</summary>
    public CallId Call { get; init; }

    /// <summary>What it is for.</summary>
    public SignalKind Kind { get; init; }

    /// <summary>The content, byte for byte as it was sent. JSON in UTF-8 if it came from a client.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }
}
