using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>The events of EasyRTC and open-easyrtc, of all clients from 1.0.11 to 2.1.8. docs/compatibility.md lists them.</summary>
internal sealed class EasyRtcDialect(EasyRtcServices services) : IEventDialect
{
    public const string Authenticate = "easyrtcAuth";

    public const string Command = "easyrtcCmd";

    public const string Message = "easyrtcMsg";

    public string Name => "easyrtc";

    public IReadOnlySet<string> ClientEvents { get; } = new HashSet<string>(StringComparer.Ordinal) { Authenticate, Command, Message };

    public void Prepare(SignalingServer server)
    {
        if (services.Options.DefaultRoom.Length > 0)
        {
            // Clients that name no room must find it open, whoever may be there before them. What is there already from another endpoint is the same.
            server.AddStandingRoom(RoomId.Parse(services.Options.DefaultRoom), EasyRtcRooms.Setup(services.Options, server.Options.Rooms));
        }
    }

    public IEventConversation Open(IEventPeer peer) => new EasyRtcConversation(peer, services);
}
