using System.Security.Cryptography;
using System.Text;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>
/// Ties a session with polls to the browser that began it. In version 3 the session's name is also the client's public name, which other clients hear; whoever
/// knows it could otherwise send polls and POSTs in the client's place. The secret is a cookie. Programs that are no browsers, and browsers that
/// keep no cookies of other sites, never send it back: they go on without. Safe for concurrent use.
/// </summary>
/// <param name="secret">What the cookie holds.</param>
internal sealed class BrowserKey(string secret)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);
    private volatile bool _isKept;

    /// <summary>Whether a request comes from that browser. Once the right secret has come back, nothing else will do.</summary>
    /// <param name="presented">What the request's cookies hold.</param>
    public bool Admits(IEnumerable<string> presented)
    {
        bool isRight = presented.Any(value => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), _secret));
        _isKept |= isRight;
        return isRight || !_isKept;
    }
}
