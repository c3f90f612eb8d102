namespace WebRtcSignaling.Events;

/// <summary>Turns events into the bytes of one dialect. Stateless and safe for concurrent use.</summary>
public interface IEventEncoder
{
    /// <summary>The event in this dialect, in memory that is not written to again; empty where the dialect has no word for it.</summary>
    ReadOnlyMemory<byte> Encode(SignalingEvent signalingEvent);
}
