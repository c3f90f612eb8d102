using WebRtcSignaling.Compatibility.EventDialects;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>The events of EasyRTC and open-easyrtc, of all clients from 1.0.11 to 2.1.8. docs/compatibility.md lists them.</summary>
internal sealed class EasyRtcDialect(EasyRtcServices services) : IEventDialect
{
    public const string Authenticate = "easyrtcAuth";

    public const string Command = "easyrtcCmd";

    public const string Message = "easyrtcMsg";

    public string Name => "easyrtc";

    public IReadOnlySet<string> ClientEvents { get; } = new HashSet<string>(StringComparer.Ordinal) { Authenticate, Command, Message };

    public IEventConversation Open(IEventPeer peer) => new EasyRtcConversation(peer, services);
}
