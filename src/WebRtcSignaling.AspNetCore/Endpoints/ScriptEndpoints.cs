using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Endpoints that scripts of pages call, from other origins, too.</summary>
internal static class ScriptEndpoints
{
    /// <summary>Maps a handler of all methods, which must answer every OPTIONS as a preflight and no more.</summary>
    public static SignalingEndpointConventionBuilder MapForScripts(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, RequestDelegate handler, string name) =>
        WithPreflights(endpoints, pattern, name, endpoints.Map(pattern, handler), handler);

    /// <summary>Maps a handler of one method, and one that answers preflights.</summary>
    public static SignalingEndpointConventionBuilder MapForScripts(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        string method,
        RequestDelegate handler,
        RequestDelegate preflight,
        string name) => WithPreflights(endpoints, pattern, name, endpoints.MapMethods(pattern, [method], handler), preflight);

    /// <summary>
    /// A browser asks without the user's credentials whether its page may ask with them, so authorization is not asked for that. A script has no use for the page to sign in at, so it is told 401 or
    /// 403 instead of being sent there.
    /// </summary>
    private static SignalingEndpointConventionBuilder WithPreflights(
        IEndpointRouteBuilder endpoints, string pattern, string name, IEndpointConventionBuilder requests, RequestDelegate preflight) => new(
            requests.WithDisplayName(name).DisableCookieRedirect(),
            endpoints.MapMethods(pattern, [HttpMethods.Options], preflight).WithDisplayName($"{name} preflight").WithMetadata(new AllowAnonymousAttribute()));
}
