namespace WebRtcSignaling.Calls;

/// <summary>The state of a call. A call that has ended no longer exists.</summary>
public enum CallPhase
{
    /// <summary>It rings at the called party; nothing is negotiated yet.</summary>
    Ringing,

    /// <summary>Both parties have accepted: offers, answers and candidates are relayed.</summary>
    Accepted,
}
