namespace WebRtcSignaling.Calls;

/// <summary>How far a call has come. A call that has ended exists no more.</summary>
public enum CallPhase
{
    /// <summary>It rings at the party that answers; nothing is negotiated yet.</summary>
    Ringing,

    /// <summary>Both want it: offers, answers and candidates pass.</summary>
    Accepted,
}
