using System.Collections.Frozen;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.PeerJs.Messages;

/// <summary>
/// What types of PeerJS' messages are in the core's terms. Its servers pass five of them from one client to another; what of them ends a negotiation waits for
/// nobody.
/// </summary>
internal static class PeerJsMessageType
{
    public const string Heartbeat = "HEARTBEAT";

    private static readonly FrozenDictionary<string, SignalKind> _kinds = new Dictionary<string, SignalKind>(StringComparer.Ordinal)
    {
        ["OFFER"] = SignalKind.Offer,
        ["ANSWER"] = SignalKind.Answer,
        ["CANDIDATE"] = SignalKind.Candidate,
        ["LEAVE"] = SignalKind.Hangup,
        ["EXPIRE"] = SignalKind.Reject,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kind of signal that a message is; <see langword="null"/> if it is none.</summary>
    public static SignalKind? ToKind(string type) => _kinds.TryGetValue(type, out SignalKind kind) ? kind : null;

    /// <summary>The message that a signal is; <see langword="null"/> if PeerJS has none for it.</summary>
    public static string? FromKind(SignalKind kind) => kind switch
    {
        SignalKind.Offer => "OFFER",
        SignalKind.Answer => "ANSWER",
        SignalKind.Candidate => "CANDIDATE",
        SignalKind.Hangup => "LEAVE",
        SignalKind.Reject => "EXPIRE",
        _ => null,
    };
}
