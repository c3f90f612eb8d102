using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Endpoints that scripts of pages call, from other origins, too.</summary>
internal static class ScriptEndpoints
{
    /// <summary>
    /// Maps a handler of all methods. It must answer every OPTIONS as a preflight and no more: a browser asks without the user's credentials whether its page may ask with them, so authorization is not
    /// asked for that. A script has no use for the page to sign in at, so it is told 401 or 403 instead of being sent there.
    /// </summary>
    public static IEndpointConventionBuilder MapForScripts(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, RequestDelegate handler, string name) => new SignalingEndpointConventionBuilder(
            endpoints.Map(pattern, handler).WithDisplayName(name).DisableCookieRedirect(),
            endpoints.MapMethods(pattern, [HttpMethods.Options], handler).WithDisplayName($"{name} preflight").WithMetadata(new AllowAnonymousAttribute()));
}
