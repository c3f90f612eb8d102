namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>A ticket, with which a user can begin one session.</summary>
/// <param name="Value">
/// The ticket: 32 characters of <c>[A-Za-z0-9_-]</c>, 192 random bits. A secret: whoever has it is taken for the user it was issued
/// to.
/// </param>
/// <param name="Lifetime">How long it is valid, from now.</param>
public sealed record IssuedTicket(string Value, TimeSpan Lifetime)
{
    /// <summary>Leaves out the value, so that it is not logged by accident.</summary>
    public override string ToString() => $"{nameof(IssuedTicket)} {{ {nameof(Lifetime)} = {Lifetime} }}";
}
