namespace WebRtcSignaling.Testing.Connections;

/// <summary>What a client read: a text message, a Close frame (with or without a code), or the end without one (all <see langword="null"/>).</summary>
public sealed record WireEvent(string? Text, int? CloseCode, string? CloseReason)
{
    public static WireEvent End { get; } = new(null, null, null);
}
