namespace WebRtcSignaling.Core.Tests.Ice.Coturn;

/// <summary>The message types that the tests need: method and class in one number (RFC 8489 section 5, RFC 8656 section 17).</summary>
internal enum StunType : ushort
{
    BindingRequest = 0x0001,
    BindingSuccess = 0x0101,
    AllocateRequest = 0x0003,
    AllocateSuccess = 0x0103,
    AllocateError = 0x0113,
    RefreshRequest = 0x0004,
    RefreshSuccess = 0x0104,
    CreatePermissionRequest = 0x0008,
    CreatePermissionSuccess = 0x0108,
    SendIndication = 0x0016,
    DataIndication = 0x0017,
}
