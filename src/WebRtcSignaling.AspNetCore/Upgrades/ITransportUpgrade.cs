using Microsoft.AspNetCore.Http;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>A way in which a web server lets a request become a connection.</summary>
internal interface ITransportUpgrade
{
    /// <summary>Answers the request so that it becomes a connection.</summary>
    /// <returns>Its bytes; <see langword="null"/>, with nothing answered yet, if the web server takes no more connections.</returns>
    ValueTask<IUpgradedTransport?> AcceptAsync(HttpContext context, HandshakeAcceptance acceptance, UpgradeSettings settings);
}
