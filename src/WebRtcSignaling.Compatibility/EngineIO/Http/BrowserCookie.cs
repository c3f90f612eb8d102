using System.Buffers;
using Microsoft.AspNetCore.Http;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EngineIO.Http;

/// <summary>
/// The cookie of <see cref="BrowserKey"/>: one for all sessions of a browser, until it is closed. Each has a name of its own: browsers know no ports, and another server
/// on the same host would replace one that is called <c>io</c>; and of two sessions that begin at once, neither has a cookie to say yet, and gets its own.
/// </summary>
internal static class BrowserCookie
{
    private const string NamePrefix = "io-";
    private const int NameSuffixLength = 6;
    private const int Length = 22;

    private static readonly SearchValues<char> _characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Makes a key for a session that begins, from a cookie that the browser has, or a new one.</summary>
    public static BrowserKey Issue(HttpContext context)
    {
        if (Read(context).FirstOrDefault() is { } kept)
        {
            return new BrowserKey(kept);
        }

        // As unguessable as the name of a session.
        string secret = SessionId.Create().Value;
        bool isHttps = context.Request.IsHttps;
        context.Response.Cookies.Append(NamePrefix + SessionId.Create().Value[..NameSuffixLength], secret, new CookieOptions
        {
            HttpOnly = true,
            Secure = isHttps,

            // Pages of other origins that may connect have to get it back, too; browsers allow that over HTTPS only.
            SameSite = isHttps ? SameSiteMode.None : SameSiteMode.Lax,
            IsEssential = true,
        });
        return new BrowserKey(secret);
    }

    /// <summary>What the request's cookies of that kind hold: mostly none or one.</summary>
    public static IEnumerable<string> Read(HttpContext context) =>
        from cookie in context.Request.Cookies
        where cookie.Key.StartsWith(NamePrefix, StringComparison.Ordinal)
        where cookie.Value.Length == Length && !cookie.Value.AsSpan().ContainsAnyExcept(_characters)
        select cookie.Value;
}
