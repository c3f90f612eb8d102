using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Cases;

/// <summary>Whoever counts what arrives.</summary>
internal interface IDeliveryTarget
{
    /// <summary>The expected data has reached this connection once more.</summary>
    void OnDelivery(ClientConnection receiver);
}
