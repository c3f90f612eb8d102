namespace WebRtcSignaling.Core.Tests.Ice.Coturn;

/// <summary>The attributes that the tests need (RFC 8489 section 18.3, RFC 8656 section 18).</summary>
internal enum StunAttribute : ushort
{
    Username = 0x0006,
    MessageIntegrity = 0x0008,
    ErrorCode = 0x0009,
    Lifetime = 0x000D,
    XorPeerAddress = 0x0012,
    Data = 0x0013,
    Realm = 0x0014,
    Nonce = 0x0015,
    XorRelayedAddress = 0x0016,
    RequestedTransport = 0x0019,
    XorMappedAddress = 0x0020,
}
