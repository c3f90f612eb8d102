using System.Net;
using System.Security.Claims;
using WebRtcSignaling.Authorization;

namespace WebRtcSignaling.Sessions;

/// <summary>Asks for a session.</summary>
public sealed record SessionRequest
{
    /// <summary>The application; <see langword="null"/> for <see cref="SignalingOptions.DefaultApplication"/>.</summary>
    public string? Application { get; init; }

    /// <summary>The id, if the client may choose it; <see langword="null"/> for an unguessable one.</summary>
    public SessionId? Id { get; init; }

    /// <summary>
    /// A secret that lets the same client claim <see cref="Id"/> again while it is in use: the older session with that id then ends with
    /// <see cref="SessionCloseReason.Replaced"/>, and the new one begins. Without the secret, or with another one, the request is refused with <c>id-taken</c>. Only a
    /// hash is kept, while the session lives. Default <see langword="null"/>: nobody can claim the id while it is in use.
    /// </summary>
    public string? ReclaimSecret { get; init; }

    /// <summary>The name that others see, 1 to 64 characters; <see langword="null"/> for none.</summary>
    public string? Username { get; init; }

    /// <summary>The account behind it, as the host app has authenticated it; <see langword="null"/> for an anonymous session.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>
    /// When the authentication of <see cref="User"/> expires; <see langword="null"/> for never. The host app's <see cref="AuthorizationDecision.ExpiresAt"/> takes
    /// precedence. See <see cref="SessionOptions.CloseOnExpiry"/>.
    /// </summary>
    public DateTimeOffset? AuthenticationExpiresAt { get; init; }

    /// <summary>
    /// The credential of the client, which only <see cref="Authorization.ISignalingAuthorizer"/> gets; JSON if it came from a native client. Neither kept nor logged.
    /// Empty if there is none.
    /// </summary>
    public ReadOnlyMemory<byte> Credential { get; init; }

    /// <summary>
    /// Whether the application is created if it does not exist, for as long as it has sessions or rooms; <see langword="null"/> for <see cref="SignalingOptions.AutoCreateApplications"/>.
    /// </summary>
    public bool? CreateApplication { get; init; }

    /// <summary>
    /// The client's address, for limits by address; <see langword="null"/> if it is not known, or there is none. Behind a proxy, the address that the web server takes
    /// from the forwarded headers.
    /// </summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>
    /// Whether <see cref="SessionOptions.Rates"/> and <see cref="SessionOptions.JoinBurst"/> do not apply to the session: for the host app's own sessions in C#, never
    /// for one of a client. Default off.
    /// </summary>
    public bool IsUnmetered { get; init; }

    /// <inheritdoc cref="SignalingSession.IsDirect"/>
    public bool IsDirect { get; init; }

    /// <summary>What is wanted once the host app has agreed to it.</summary>
    internal SessionRequest Admitted(AuthorizationDecision decision) => decision.User is null && decision.ExpiresAt is null
        ? this
        : this with { User = decision.User ?? User, AuthenticationExpiresAt = decision.ExpiresAt ?? AuthenticationExpiresAt };

    /// <summary>Leaves out the secret and the credential.</summary>
    public override string ToString() => $"{nameof(SessionRequest)} {{ Application = {Application}, Id = {Id} }}";
}
