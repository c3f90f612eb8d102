namespace WebRtcSignaling.Ice;

/// <summary>One STUN or TURN server that is the same for everybody. Read once, when the server is made; not thread-safe.</summary>
public sealed class IceServerOptions
{
    /// <summary>
    /// The server's addresses, at least one: <c>stun:host[:port]</c>, <c>stuns:host[:port]</c> (RFC 7064),
    /// <c>turn:host[:port][?transport=udp|tcp]</c> or <c>turns:...</c> (RFC 7065). Default: none.
    /// </summary>
    public IList<string> Urls { get; } = [];

    /// <summary>The user name for TURN, which needs one. Default: <see langword="null"/>.</summary>
    public string? Username { get; set; }

    /// <summary>
    /// The password for TURN, which needs one. Everybody who may connect gets it, and it does not expire: prefer
    /// <see cref="IceOptions.TurnSharedSecret"/>. Default: <see langword="null"/>.
    /// </summary>
    public string? Credential { get; set; }

    internal IEnumerable<string> Validate(string path)
    {
        if (Urls.Count == 0)
        {
            yield return $"{path}:Urls is empty; give at least one stun: or turn: URI.";
        }

        bool isTurn = false;
        for (int i = 0; i < Urls.Count; i++)
        {
            if (IceServerUri.FindFault(Urls[i]) is { } fault)
            {
                yield return $"{path}:Urls:{i} {fault}";
            }

            isTurn |= IceServerUri.IsTurn(Urls[i]);
        }

        // RTCPeerConnection's constructor throws InvalidAccessError for a TURN server without both.
        if (isTurn && string.IsNullOrEmpty(Username))
        {
            yield return $"{path}:Username is empty, but a TURN server needs one.";
        }

        if (isTurn && string.IsNullOrEmpty(Credential))
        {
            yield return $"{path}:Credential is empty, but a TURN server needs one.";
        }
    }
}
