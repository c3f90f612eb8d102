using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Signals;

/// <summary>What one sender has waiting for one id: it expires together.</summary>
/// <param name="Sender">Who sent it.</param>
/// <param name="Target">Whom it is for.</param>
/// <param name="Due">When it expires.</param>
internal sealed record WaitingPair(SessionId Sender, SessionId Target, TimeSpan Due);
