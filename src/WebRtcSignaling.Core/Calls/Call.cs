using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Calls;

/// <summary>One negotiation between two members of a room. Immutable: part of the room's state.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Offerer">Who offers.</param>
/// <param name="Answerer">Who answers.</param>
/// <param name="Phase">How far it has come.</param>
/// <param name="RingsUntil">When a ringing call times out; <see langword="null"/> once accepted.</param>
/// <param name="ServerLed">Whether the server started it.</param>
internal sealed record Call(CallId Id, SessionId Offerer, SessionId Answerer, CallPhase Phase, DateTimeOffset? RingsUntil, bool ServerLed)
{
    public bool Has(SessionId party) => party == Offerer || party == Answerer;

    public SessionId Other(SessionId party) => party == Offerer ? Answerer : Offerer;

    public CallPart PartOf(SessionId party) => party == Offerer ? CallPart.Offer : CallPart.Answer;
}
