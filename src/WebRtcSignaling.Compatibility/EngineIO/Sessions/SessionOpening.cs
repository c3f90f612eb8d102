using System.Net;
using System.Security.Claims;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What a client asked for with its first request.</summary>
/// <param name="Application">Who speaks with it.</param>
/// <param name="Version">The version it speaks.</param>
/// <param name="User">The account behind it; <see langword="null"/> if it is anonymous.</param>
internal sealed record SessionOpening(IEngineApplication Application, EngineVersion Version, ClaimsPrincipal? User)
{
    /// <summary>Where the client comes from; <see langword="null"/> if that is not known.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>Whether the client cannot read bytes: <c>b64=1</c>.</summary>
    public bool TakesBase64 { get; init; }

    /// <summary>Until when the user counts as authenticated; <see langword="null"/> for as long as the session lives.</summary>
    public DateTimeOffset? AuthenticationExpiresAt { get; init; }

    /// <summary>What ties later requests to the same browser; <see langword="null"/> for nothing.</summary>
    public BrowserKey? Browser { get; init; }
}
