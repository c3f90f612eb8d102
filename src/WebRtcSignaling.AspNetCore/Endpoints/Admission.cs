using WebRtcSignaling.AspNetCore.Upgrades;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>A request that becomes a connection.</summary>
/// <param name="Upgrade">How.</param>
/// <param name="Acceptance">What to answer.</param>
/// <param name="Application">The application that it gets; <see langword="null"/> for the server's default.</param>
internal sealed record Admission(ITransportUpgrade Upgrade, HandshakeAcceptance Acceptance, string? Application);
