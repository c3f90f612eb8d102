using Microsoft.AspNetCore.Http;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.PeerJs.Connections;

/// <summary>Who a client claims to be, by the query of its handshake.</summary>
/// <param name="Key">The application.</param>
/// <param name="Id">The id.</param>
/// <param name="Token">By which it can claim the id again.</param>
internal sealed record PeerJsClaim(string Key, SessionId Id, string Token)
{
    public const string MissingValue = "No id, token, or key supplied to websocket server";
    public const string InvalidKey = "Invalid key provided";
    public const string InvalidId = "Invalid id provided";

    /// <summary>Reads a claim.</summary>
    /// <param name="query">The query.</param>
    /// <param name="keys">The keys that exist.</param>
    /// <param name="claim">The claim; <see langword="null"/> if it is refused.</param>
    /// <returns>Why it is refused; <see langword="null"/> if it is not.</returns>
    public static string? TryRead(IQueryCollection query, IReadOnlySet<string> keys, out PeerJsClaim? claim)
    {
        claim = null;
        if (query["key"] is not [{ Length: > 0 } key] || query["id"] is not [{ Length: > 0 } name] || query["token"] is not [{ Length: > 0 } token])
        {
            return MissingValue;
        }

        if (!keys.Contains(key))
        {
            return InvalidKey;
        }

        if (!SessionId.TryParse(name, out SessionId id))
        {
            return InvalidId;
        }

        claim = new PeerJsClaim(key, id, token);
        return null;
    }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{nameof(PeerJsClaim)} {{ Key = {Key}, Id = {Id} }}";
}
