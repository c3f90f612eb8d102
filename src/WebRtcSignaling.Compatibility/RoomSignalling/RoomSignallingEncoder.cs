using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.RoomSignalling;

/// <summary>What clients of room-signalling servers hear. Events that these servers do not have are left out.</summary>
internal sealed class RoomSignallingEncoder : IEventEncoder
{
    public ReadOnlyMemory<byte> Encode(SignalingEvent signalingEvent) => signalingEvent switch
    {
        SignalingEvent.RoomCreated e => Write("room-created", e.Snapshot.Id),
        SignalingEvent.RoomJoined e => Joined(e.Snapshot),
        SignalingEvent.RoomLeft e => EventArray.Write("room-left", e, static (writer, left) =>
        {
            writer.WriteStringValue(left.Room.Value);
            writer.WriteBooleanValue(!left.ByRequest);
        }),
        SignalingEvent.ClientJoined e => Write("client-joined", e.Room, e.Member.ClientId),
        SignalingEvent.ClientLeft e => Write("client-left", e.Room, e.ClientId),
        _ => default,
    };

    /// <summary>A signal between members of a room.</summary>
    public static byte[] Encode(in Signal signal)
    {
        byte[] payload = signal.Payload.IsEmpty ? "null"u8.ToArray() : signal.Payload.ToArray();
        return EventArray.Write("signal-receive", (signal.Room, signal.Sender, payload), static (writer, received) =>
        {
            writer.WriteStringValue(received.Room.Value);
            writer.WriteStringValue(received.Sender.Value);
            writer.WriteRawValue(received.payload, skipInputValidation: true);
        });
    }

    /// <summary>The room as somebody finds it who has joined it, or is in it already.</summary>
    public static byte[] Joined(RoomSnapshot room, SessionId? self = null) =>
        EventArray.Write("room-joined", (room, self ?? room.Members[^1].ClientId), static (writer, joined) =>
        {
            writer.WriteStringValue(joined.room.Id.Value);
            writer.WriteStringValue(joined.room.OwnerId?.Value);
            writer.WriteStartArray();
            foreach (RoomMember member in joined.room.Members.Where(member => member.ClientId != joined.Item2))
            {
                writer.WriteStringValue(member.ClientId.Value);
            }

            writer.WriteEndArray();
        });

    /// <summary>An event about a room, and perhaps about a client in it.</summary>
    public static byte[] Write(string name, RoomId room, SessionId client = default) =>
        EventArray.Write(name, (room, client), static (writer, about) =>
        {
            writer.WriteStringValue(about.room.Value);
            if (about.client.Value is { } id)
            {
                writer.WriteStringValue(id);
            }
        });

    /// <summary>Something went wrong that has no event of its own.</summary>
    public static byte[] Error(string sentence) =>
        EventArray.Write("error", sentence, static (writer, text) => writer.WriteStringValue(text));
}
