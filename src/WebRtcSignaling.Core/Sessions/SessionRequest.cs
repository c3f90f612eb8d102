using System.Net;
using System.Security.Claims;
using WebRtcSignaling.Authorization;

namespace WebRtcSignaling.Sessions;

/// <summary>Who wants a session.</summary>
public sealed record SessionRequest
{
    /// <summary>The application; <see langword="null"/> for <see cref="SignalingOptions.DefaultApplication"/>.</summary>
    public string? Application { get; init; }

    /// <summary>The id, where the client may choose it; <see langword="null"/> for an unguessable one.</summary>
    public SessionId? Id { get; init; }

    /// <summary>
    /// By which whoever claims <see cref="Id"/> again proves to be the same client: the older session of that id then ends with
    /// <see cref="SessionCloseReason.Replaced"/>, and the new one begins. Without a secret, or with another one, an id in use is <c>id-taken</c>. Kept only as
    /// a hash while the session lives. Default <see langword="null"/>: nobody can claim the id while it is in use.
    /// </summary>
    public string? ReclaimSecret { get; init; }

    /// <summary>The name that others see, 1 to 64 characters; <see langword="null"/> for none.</summary>
    public string? Username { get; init; }

    /// <summary>The account behind it, as the host app has authenticated it; <see langword="null"/> for nobody known.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>
    /// Until when <see cref="User"/> counts as authenticated; <see langword="null"/> for as long as the session lives. The host app's
    /// <see cref="AuthorizationDecision.ExpiresAt"/> outranks it. See <see cref="SessionOptions.CloseOnExpiry"/>.
    /// </summary>
    public DateTimeOffset? AuthenticationExpiresAt { get; init; }

    /// <summary>
    /// What the client proves itself with, for <see cref="Authorization.ISignalingAuthorizer"/> alone; JSON where it came over the wire. Neither kept
    /// nor logged. Empty for nothing.
    /// </summary>
    public ReadOnlyMemory<byte> Credential { get; init; }

    /// <summary>
    /// Whether the application is created if it does not exist; <see langword="null"/> for <see cref="SignalingOptions.AutoCreateApplications"/>.
    /// </summary>
    public bool? CreateApplication { get; init; }

    /// <summary>
    /// Where the client comes from, for limits by address; <see langword="null"/> if that is not known, or there is no such place. Behind a proxy, what the web server makes
    /// of the forwarded headers.
    /// </summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>
    /// Whether the session may ask for as much as it likes, whatever <see cref="SessionOptions.Rates"/> and <see cref="SessionOptions.JoinBurst"/> say: for the host's own
    /// sessions in C#, never for one of a client. Default off.
    /// </summary>
    public bool IsUnmetered { get; init; }

    /// <inheritdoc cref="SignalingSession.IsDirect"/>
    public bool IsDirect { get; init; }

    /// <summary>What is wanted once the host app has agreed to it.</summary>
    internal SessionRequest Admitted(AuthorizationDecision decision) => decision.User is null && decision.ExpiresAt is null
        ? this
        : this with { User = decision.User ?? User, AuthenticationExpiresAt = decision.ExpiresAt ?? AuthenticationExpiresAt };

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{nameof(SessionRequest)} {{ Application = {Application}, Id = {Id} }}";
}
