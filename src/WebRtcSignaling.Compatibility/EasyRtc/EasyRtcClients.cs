using System.Collections.Concurrent;
using System.Text.Json;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// Lets the host app send what only EasyRTC clients understand. For everything else use <see cref="SignalingApplication"/>: messages, room fields, kicks and
/// bans, and new ICE servers (<see cref="SignalingApplication.RefreshIceServersAsync"/> sends <c>iceConfig</c>). What a client reported by <c>setUserCfg</c>
/// is in <see cref="SignalingSession.Reports"/>, as JSON under <c>userSettings</c>, <c>p2pList</c> and <c>apiField</c>. Get it from the container; without
/// one, create it and pass it to the listener's settings. Safe for concurrent use.
/// </summary>
public sealed class EasyRtcClients
{
    private readonly ConcurrentDictionary<SignalingSession, EasyRtcClient> _clients = new();

    /// <summary>Whether the session is that of an EasyRTC client.</summary>
    public bool Contains(SignalingSession session) => _clients.ContainsKey(session);

    /// <summary>
    /// Sets the fields of a client's <c>easyrtcsid</c> session, and sends them as <c>sessionData</c>. The client's next token contains them, too.
    /// </summary>
    /// <param name="session">The client.</param>
    /// <param name="fields">All fields from now on: one JSON value in UTF-8 each. The bytes must not change afterwards.</param>
    /// <returns>Whether it was sent. It is not if this is not an EasyRTC client, or one that authenticated without an <c>easyrtcsid</c>.</returns>
    /// <exception cref="ArgumentException">
    /// A name is not one of EasyRTC's form (1 to 32 letters, digits, blanks, dots, hyphens, underscores), or a value is not JSON.
    /// </exception>
    public bool SetSessionData(SignalingSession session, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach ((string name, ReadOnlyMemory<byte> value) in fields)
        {
            if (!EasyRtcNames.IsFieldName(name) || !IsJson(value))
            {
                throw new ArgumentException("A field has a name of 1 to 32 letters, digits, blanks, dots, hyphens and underscores, and a JSON value.", nameof(fields));
            }
        }

        if (!_clients.TryGetValue(session, out EasyRtcClient? client) || client.SessionId is not { } sessionId)
        {
            return false;
        }

        client.SessionFields = new Dictionary<string, ReadOnlyMemory<byte>>(fields, StringComparer.Ordinal);
        client.Output.TryPush(EasyRtcPush.SessionData(sessionId, client.SessionFields));
        return true;
    }

    /// <summary>Tells a client's page to open another address (<c>forwardToUrl</c>).</summary>
    /// <param name="session">The client.</param>
    /// <param name="url">The address: relative, http or https.</param>
    /// <param name="inNewWindow">Whether to open it in a new window, so that the page stays.</param>
    /// <returns>Whether it was sent: not if this is no EasyRTC client.</returns>
    /// <exception cref="ArgumentException">The address is absolute, and neither http nor https.</exception>
    public bool ForwardToUrl(SignalingSession session, Uri url, bool inNewWindow = false)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.IsAbsoluteUri && url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException("A page is forwarded to an address of http or https.", nameof(url));
        }

        return Push(session, EasyRtcPush.ForwardToUrl(url, inNewWindow));
    }

    /// <summary>Sends a client an error (<c>error</c>). It stays connected.</summary>
    /// <param name="session">The client.</param>
    /// <param name="code">A code for programs.</param>
    /// <param name="text">A sentence for people.</param>
    /// <returns>Whether it was sent: not if this is no EasyRTC client.</returns>
    public bool SendError(SignalingSession session, string code, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentNullException.ThrowIfNull(text);
        return Push(session, EasyRtcPush.Error(code, text));
    }

    internal void Add(EasyRtcClient client)
    {
        _clients[client.Session] = client;

        // Also where the session has ended in the meantime.
        client.Session.Closed.UnsafeRegister(
            static state => ((EasyRtcClient)state!).Services.Clients._clients.TryRemove(((EasyRtcClient)state).Session, out _), client);
    }

    private static bool IsJson(ReadOnlyMemory<byte> value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool Push(SignalingSession session, ReadOnlySpan<byte> push)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (!_clients.TryGetValue(session, out EasyRtcClient? client))
        {
            return false;
        }

        client.Output.TryPush(push);
        return true;
    }
}
