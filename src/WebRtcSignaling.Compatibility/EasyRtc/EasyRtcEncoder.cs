using System.Text.Json;
using WebRtcSignaling.Events;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// Events as <see cref="EasyRtcPush"/> writes them. A join is answered where it is asked for, so the events of joining are left out, as are those that EasyRTC
/// does not have.
/// </summary>
internal sealed class EasyRtcEncoder : IEventEncoder
{
    /// <summary>The type of messages that come from clients whose messages have none.</summary>
    public const string PlainMessage = "message";

    public ReadOnlyMemory<byte> Encode(SignalingEvent signalingEvent) => signalingEvent switch
    {
        SignalingEvent.ClientJoined e => EasyRtcPush.Updated(e.Room, e.Member, withFields: true),
        SignalingEvent.MemberFieldsChanged e => EasyRtcPush.Updated(e.Room, e.Member, withFields: true),
        SignalingEvent.PresenceChanged e => EasyRtcPush.Updated(e.Room, e.Member, withFields: false),
        SignalingEvent.ClientLeft e => EasyRtcPush.Removed(e.Room, e.ClientId),
        SignalingEvent.RoomLeft { ByRequest: false } e => EasyRtcPush.PutOut(e.Room),
        SignalingEvent.RoomFieldsChanged e => EasyRtcPush.RoomFields(e.Room, e.Fields),
        SignalingEvent.IceServersChanged e => EasyRtcPush.IceConfig(e.Servers),
        SignalingEvent.MessageReceived e => Message(e),
        _ => default,
    };

    /// <summary>The content of a message as it travels between dialects: an object with the type and the data.</summary>
    public static byte[] Content(string type, ReadOnlySpan<byte> data) => EasyRtcJson.Write((type, data: data.ToArray()), static (writer, message) =>
    {
        writer.WriteStartObject();
        writer.WriteString("msgType", message.type);
        if (message.data.Length > 0)
        {
            writer.WriteRaw("msgData", message.data);
        }

        writer.WriteEndObject();
    });

    private static byte[] Message(SignalingEvent.MessageReceived message)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message.Data);
        }
        catch (JsonException)
        {
            // Only the host app can send what is no JSON; these clients could not read on.
            return [];
        }

        using (document)
        {
            EasyRtcObject? typed = EasyRtcObject.Of(document.RootElement);
            string? type = typed?.Text("msgType");
            JsonElement data = type is null ? document.RootElement : typed!["msgData"];
            return EasyRtcPush.Write(EasyRtcDialect.Message, type ?? PlainMessage, (message, data), static (writer, received) =>
            {
                if (received.message.SenderId is { } sender)
                {
                    writer.WriteString("senderEasyrtcid", sender.Value);
                }

                if (received.message.TargetId is { } target)
                {
                    writer.WriteString("targetEasyrtcid", target.Value);
                }

                if (received.message.Room is { } room)
                {
                    writer.WriteString("targetRoom", room.Value);
                }

                if (received.message.Group is { } group)
                {
                    writer.WriteString("targetGroup", group);
                }

                if (received.data.ValueKind != JsonValueKind.Undefined)
                {
                    writer.WriteRaw("msgData", EasyRtcObject.Raw(received.data));
                }
            });
        }
    }
}
