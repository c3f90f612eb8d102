using WebRtcSignaling.Compatibility.EventDialects;

namespace WebRtcSignaling.Compatibility.RoomSignalling;

/// <summary>
/// The events of room-signalling servers (<c>room-create</c>, <c>signal-send</c>): rooms with an owner, who closes the room by leaving. docs/compatibility.md
/// lists them.
/// </summary>
internal sealed class RoomSignallingDialect : IEventDialect
{
    private readonly RoomSignallingEncoder _encoder = new();

    public string Name => "room-signalling";

    public IReadOnlySet<string> ClientEvents { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "room-create", "room-join", "room-leave", "signal-send" };

    public IEventConversation Open(IEventPeer peer) => new RoomSignallingConversation(this, peer, _encoder);
}
