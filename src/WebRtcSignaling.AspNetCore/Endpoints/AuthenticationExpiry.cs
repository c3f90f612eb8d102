using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Until when the user of a request counts as authenticated, where the app wants its sessions to know.</summary>
internal static class AuthenticationExpiry
{
    /// <summary>
    /// What the app's authentication says of its ticket (<see cref="AuthenticationProperties.ExpiresUtc"/>), if
    /// <see cref="SignalingHostOptions.UseAuthenticationExpiry"/> is on; <see langword="null"/> for nothing.
    /// </summary>
    public static DateTimeOffset? Of(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<SignalingHostOptions>>().Value.UseAuthenticationExpiry
            ? context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc
            : null;
}
