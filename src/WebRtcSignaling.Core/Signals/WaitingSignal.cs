using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Signals;

/// <summary>A signal that waits, in the form in which it can be kept.</summary>
internal readonly record struct WaitingSignal(SessionId Sender, SignalKind Kind, byte[] Payload);
