using System.Net;
using System.Security.Claims;

namespace WebRtcSignaling.Resumption;

/// <summary>Asks to resume a session by its resume token.</summary>
public sealed record ResumeRequest
{
    /// <summary>The last token that the session's client was given.</summary>
    public required string Token { get; init; }

    /// <summary>The application that it asks for; <see langword="null"/> for <see cref="SignalingOptions.DefaultApplication"/>.</summary>
    public string? Application { get; init; }

    /// <summary>
    /// The account behind it, as the host app has authenticated it now. If there is one, it must be the session's own; <see langword="null"/> for an anonymous client,
    /// for which the token alone is enough.
    /// </summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>
    /// A fresh credential of the client, which only <see cref="Authorization.ISignalingAuthorizer"/> gets; as in <see cref="Sessions.SessionRequest.Credential"/>. Empty
    /// if there is none.
    /// </summary>
    public ReadOnlyMemory<byte> Credential { get; init; }

    /// <summary>
    /// Where the client comes from now, for limits by address; <see langword="null"/> if that is not known, or there is no such place. As in
    /// <see cref="Sessions.SessionRequest.RemoteAddress"/>.
    /// </summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>Leaves out the token.</summary>
    public override string ToString() => $"{nameof(ResumeRequest)} {{ Application = {Application} }}";
}
