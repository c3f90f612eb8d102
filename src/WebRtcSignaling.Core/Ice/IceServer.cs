using System.Text;

namespace WebRtcSignaling.Ice;

/// <summary>
/// A STUN or TURN server as a browser's <c>RTCPeerConnection</c> takes it (W3C WebRTC, <c>RTCIceServer</c>). Immutable as long as
/// <paramref name="Urls"/> is; two are equal when all of their values are.
/// </summary>
/// <param name="Urls">
/// The server's addresses, in the form of RFC 7064 (<c>stun:</c>, <c>stuns:</c>) or RFC 7065 (<c>turn:</c>, <c>turns:</c>).
/// </param>
/// <param name="Username">The user name for TURN; <see langword="null"/> for STUN.</param>
/// <param name="Credential">The password for TURN; <see langword="null"/> for STUN. Never part of <see cref="ToString"/>.</param>
public sealed record IceServer(IReadOnlyList<string> Urls, string? Username = null, string? Credential = null)
{
    /// <inheritdoc/>
    public bool Equals(IceServer? other) =>
        other is not null
        && Username == other.Username
        && Credential == other.Credential
        && Urls.SequenceEqual(other.Urls, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Username);
        hash.Add(Credential);
        foreach (string url in Urls)
        {
            hash.Add(url);
        }

        return hash.ToHashCode();
    }

    /// <summary>Shows the addresses and the user name, but of the credential only whether there is one.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("IceServer { Urls = ").AppendJoin(", ", Urls);
        if (Username is not null)
        {
            text.Append(", Username = ").Append(Username);
        }

        if (Credential is not null)
        {
            text.Append(", Credential = ***");
        }

        return text.Append(" }").ToString();
    }
}
