using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Resumption;

/// <summary>One time for which a session's client is away.</summary>
/// <param name="Resumption">Whose.</param>
/// <param name="Cause">As what the session ends if the client does not come back.</param>
internal sealed record Suspension(SessionResumption Resumption, SessionCloseReason Cause)
{
    /// <summary>What ends it when the time is over.</summary>
    public ITimer? Timer { get; set; }
}
