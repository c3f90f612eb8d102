using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>An address where a <see cref="SignalingListener"/> accepts connections, and how they are encrypted. Immutable.</summary>
public sealed class ListenEndpoint
{
    /// <summary>Creates an endpoint, plain or with TLS by the given settings.</summary>
    /// <param name="address">
    /// An <see cref="IPEndPoint"/> (port 0 lets the system choose one, and <see cref="IPAddress.IPv6Any"/> accepts IPv4, too), or a
    /// <see cref="UnixDomainSocketEndPoint"/>, whose file is created at start and deleted at stop.
    /// </param>
    /// <param name="tls">
    /// The settings of TLS; <see langword="null"/> for no encryption. The object must not change afterwards.
    /// </param>
    public ListenEndpoint(EndPoint address, SslServerAuthenticationOptions? tls = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = address;
        Tls = tls;
    }

    /// <summary>Creates an endpoint with TLS by the settings of the system.</summary>
    /// <param name="address">As in the other constructor.</param>
    /// <param name="certificate">The server's certificate, with its private key. The caller disposes it, after the listener.</param>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    public ListenEndpoint(EndPoint address, X509Certificate2 certificate)
        : this(address, TlsOf(certificate))
    {
    }

    /// <summary>The address as given. <see cref="SignalingListener.Endpoints"/> tells the actual one.</summary>
    public EndPoint Address { get; }

    /// <summary>The settings of TLS; <see langword="null"/> for no encryption.</summary>
    public SslServerAuthenticationOptions? Tls { get; }

    internal IEnumerable<string> Validate(string path)
    {
        if (Address is not (IPEndPoint or UnixDomainSocketEndPoint))
        {
            yield return $"{path} must be an IP or a Unix domain socket endpoint, not a {Address.GetType().Name}.";
        }

        if (Tls is { ServerCertificate: null, ServerCertificateContext: null, ServerCertificateSelectionCallback: null })
        {
            yield return $"{path} has TLS without a certificate.";
        }
    }

    private static SslServerAuthenticationOptions TlsOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.HasPrivateKey
            ? new() { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null) }
            : throw new ArgumentException("The certificate has no private key.", nameof(certificate));
    }
}
