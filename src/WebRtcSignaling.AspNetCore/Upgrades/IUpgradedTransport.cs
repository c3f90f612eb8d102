using System.IO.Pipelines;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>The bytes of a connection after its upgrade.</summary>
internal interface IUpgradedTransport : IDuplexPipe
{
    /// <summary>Closes or aborts it. Called once, when nobody uses the pipes any more.</summary>
    ValueTask EndAsync(ConnectionEnd end);
}
