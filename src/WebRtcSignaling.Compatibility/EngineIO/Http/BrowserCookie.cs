using System.Buffers;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EngineIO.Http;

/// <summary>The cookie of <see cref="BrowserKey"/>: one for all sessions of a browser, until it is closed.</summary>
internal static class BrowserCookie
{
    /// <summary>The name that servers of version 3 use.</summary>
    private const string Name = "io";

    private const int Length = 22;

    private static readonly SearchValues<char> _characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Makes a key for a session that begins, from the cookie that the browser has, or a new one.</summary>
    public static BrowserKey Issue(HttpContext context)
    {
        if (Read(context) is { Length: Length } secret && !secret.AsSpan().ContainsAnyExcept(_characters))
        {
            return new BrowserKey(secret);
        }

        // As unguessable as the name of a session.
        secret = SessionId.Create().Value;
        bool isHttps = context.Request.IsHttps;
        context.Response.Cookies.Append(Name, secret, new CookieOptions
        {
            HttpOnly = true,
            Secure = isHttps,

            // Pages of other origins that may connect have to get it back, too; browsers allow that over HTTPS only.
            SameSite = isHttps ? SameSiteMode.None : SameSiteMode.Lax,
            IsEssential = true,
        });
        return new BrowserKey(secret);
    }

    /// <summary>What the request's cookie holds; <see langword="null"/> for none.</summary>
    public static string? Read(HttpContext context) => context.Request.Cookies[Name];
}
