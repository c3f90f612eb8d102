namespace WebRtcSignaling.Events;

/// <summary>Turns events into the bytes of one dialect. Stateless and safe for concurrent use.</summary>
public interface IEventEncoder
{
    /// <summary>Encodes an event. The memory is not written to again. Empty if the dialect has no message for this event.</summary>
    ReadOnlyMemory<byte> Encode(SignalingEvent signalingEvent);
}
