using WebRtcSignaling.Ice;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

internal sealed class FailingIceServers : IIceServerProvider
{
    public ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(IceServerRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("secret");
}
