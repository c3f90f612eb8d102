using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>What transports need to know.</summary>
internal sealed record UpgradeSettings(WebSocketOptions WebSockets, TimeProvider Time);
