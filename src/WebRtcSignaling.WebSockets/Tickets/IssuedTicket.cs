namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>A ticket for somebody to begin one session with.</summary>
/// <param name="Value">
/// The ticket: 32 characters of <c>[A-Za-z0-9_-]</c>, 192 random bits. A secret: whoever has it is taken for the one it was given to.
/// </param>
/// <param name="Lifetime">How long it is good for, from now.</param>
public sealed record IssuedTicket(string Value, TimeSpan Lifetime)
{
    /// <summary>Without the value, so that no log gets it by accident.</summary>
    public override string ToString() => $"{nameof(IssuedTicket)} {{ {nameof(Lifetime)} = {Lifetime} }}";
}
