namespace WebRtcSignaling.WebSockets.Frames;

/// <summary>
/// A broken rule of RFC 6455, or a limit that it lets a receiver set: the code with which the connection is closed, and a constant sentence for the Close frame.
/// All of them are listed here; nothing that a peer sent ever becomes part of one.
/// </summary>
internal sealed class ProtocolViolation
{
    // Section 5.2: the bits belong to extensions, and none is negotiated here.
    public static readonly ProtocolViolation ReservedBits = new(CloseCode.ProtocolError, "reserved bit set");
    public static readonly ProtocolViolation ReservedOpcode = new(CloseCode.ProtocolError, "reserved opcode");

    // Section 5.1.
    public static readonly ProtocolViolation NotMasked = new(CloseCode.ProtocolError, "client frame not masked");
    public static readonly ProtocolViolation Masked = new(CloseCode.ProtocolError, "server frame masked");

    // Section 5.2, "Payload length".
    public static readonly ProtocolViolation LengthNotMinimal = new(CloseCode.ProtocolError, "payload length not minimal");
    public static readonly ProtocolViolation LengthTopBit = new(CloseCode.ProtocolError, "payload length has its top bit set");

    // Section 5.5.
    public static readonly ProtocolViolation ControlFragmented = new(CloseCode.ProtocolError, "control frame fragmented");
    public static readonly ProtocolViolation ControlTooLong = new(CloseCode.ProtocolError, "control frame longer than 125 bytes");

    // Section 5.4.
    public static readonly ProtocolViolation NothingToContinue = new(CloseCode.ProtocolError, "continuation without a message");
    public static readonly ProtocolViolation MessageInterrupted = new(CloseCode.ProtocolError, "new message inside a fragmented message");

    // Sections 5.5.1 and 7.4.
    public static readonly ProtocolViolation CloseBodyTooShort = new(CloseCode.ProtocolError, "close body of one byte");
    public static readonly ProtocolViolation CloseCodeForbidden = new(CloseCode.ProtocolError, "close code not allowed");

    // Section 8.1.
    public static readonly ProtocolViolation TextNotUtf8 = new(CloseCode.InvalidPayload, "text is not UTF-8");
    public static readonly ProtocolViolation CloseReasonNotUtf8 = new(CloseCode.InvalidPayload, "close reason is not UTF-8");

    // Section 10.4.
    public static readonly ProtocolViolation MessageTooBig = new(CloseCode.MessageTooBig, "message too big");
    public static readonly ProtocolViolation TooManyEmptyFragments = new(CloseCode.PolicyViolation, "too many empty fragments");

    private ProtocolViolation(CloseCode code, string reason)
    {
        Code = code;
        Reason = reason;
    }

    public CloseCode Code { get; }

    /// <summary>ASCII, and short enough for a Close frame.</summary>
    public string Reason { get; }

    public override string ToString() => $"{(ushort)Code} {Reason}";
}
