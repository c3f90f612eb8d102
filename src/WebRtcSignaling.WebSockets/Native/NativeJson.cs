using System.Text.Json;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The parts that several messages share.</summary>
internal static class NativeJson
{
    public static void WriteId(this Utf8JsonWriter writer, object? correlation)
    {
        if (correlation is RequestId id)
        {
            writer.WriteId(id);
        }
    }

    public static void WriteId(this Utf8JsonWriter writer, RequestId id)
    {
        if (id.IsPresent)
        {
            writer.WriteRaw(NativeNames.Id, id.Json);
        }
    }

    public static void WriteRaw(this Utf8JsonWriter writer, JsonEncodedText name, ReadOnlyMemory<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRaw(json.Span);
    }

    /// <summary>JSON as it was sent. C# in-process may send nothing at all, which is no JSON.</summary>
    public static void WriteRaw(this Utf8JsonWriter writer, ReadOnlySpan<byte> json) =>
        writer.WriteRawValue(json.IsEmpty ? "null"u8 : json, skipInputValidation: true);

    public static void WriteOptional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void WriteClient(this Utf8JsonWriter writer, RoomId room, SessionId client)
    {
        writer.WriteString(NativeNames.Room, room.Value);
        writer.WriteString(NativeNames.ClientId, client.Value);
    }

    /// <summary>A room that one has created, or joined (then, <paramref name="isNew"/> says whether that created it).</summary>
    public static void WriteRoom(this Utf8JsonWriter writer, RoomSnapshot room, bool? isNew = null)
    {
        RoomMember self = room.Members[^1];
        writer.WriteStanding(room, self);
        if (isNew is { } created)
        {
            writer.WriteBoolean("created", created);
            writer.WriteOthers(room, self);
        }

        writer.WriteSettings(room.Settings);
        writer.WriteFields("fields", room.Fields);
    }

    /// <summary>A room that one is in, with all that is to be known of it.</summary>
    public static void WriteRoom(this Utf8JsonWriter writer, RoomSnapshot room, RoomMember self)
    {
        writer.WriteStanding(room, self);
        writer.WriteOthers(room, self);
        writer.WriteSettings(room.Settings);
        writer.WriteFields("fields", room.Fields);
        writer.WriteStartObject("self");
        writer.WriteMember(self);
        writer.WriteEndObject();
    }

    public static void WriteMember(this Utf8JsonWriter writer, RoomMember member)
    {
        writer.WriteString(NativeNames.ClientId, member.ClientId.Value);
        writer.WriteOptional("username", member.Profile.Username);
        writer.WriteString("role", NativeWords.Roles[member.Role]);
        writer.WriteNumber("joinedAt", member.JoinedAt.ToUnixTimeMilliseconds());
        if (member.Profile.Presence is { } presence)
        {
            writer.WritePresence(presence);
        }

        writer.WriteStartArray("media");
        for (var resource = MediaResources.Audio; resource <= MediaResources.Screen; resource = (MediaResources)((int)resource << 1))
        {
            if ((member.Profile.Media & resource) != 0)
            {
                writer.WriteStringValue(NativeWords.Resources[resource]);
            }
        }

        writer.WriteEndArray();
        if (member.Profile.IsSuspended)
        {
            writer.WriteBoolean("suspended", true);
        }

        if (member.Fields.Count > 0)
        {
            writer.WriteFields("fields", member.Fields);
        }

        if (member.Profile.Fields.Count > 0)
        {
            writer.WriteFields("sessionFields", member.Profile.Fields);
        }
    }

    public static void WriteSettings(this Utf8JsonWriter writer, RoomSettings settings)
    {
        writer.WriteStartObject("settings");
        writer.WriteOptional("name", settings.DisplayName);
        writer.WriteBoolean("password", settings.HasPassword);
        writer.WriteNumber("capacity", settings.Capacity);
        writer.WriteBoolean("hidden", settings.Hidden);
        writer.WriteBoolean("locked", settings.Locked);
        writer.WriteString("ownerLeaves", NativeWords.OwnerLeaves[settings.OwnerLeaves]);
        if (settings.EmptyTimeout is { } timeout)
        {
            writer.WriteNumber("emptyTimeout", (long)timeout.TotalMilliseconds);
        }
        else
        {
            writer.WriteNull("emptyTimeout");
        }

        writer.WriteBoolean("serverLedCalls", settings.ServerLedCalls);
        writer.WriteEndObject();
    }

    public static void WritePresence(this Utf8JsonWriter writer, Presence presence)
    {
        writer.WriteStartObject("presence");
        writer.WriteString("show", NativeWords.Shows[presence.Show]);
        writer.WriteOptional("status", presence.Status);
        writer.WriteEndObject();
    }

    public static void WriteFields(this Utf8JsonWriter writer, string name, FieldMap fields)
    {
        writer.WriteStartObject(name);
        foreach ((string field, ReadOnlyMemory<byte> json) in fields)
        {
            writer.WritePropertyName(field);
            writer.WriteRaw(json.Span);
        }

        writer.WriteEndObject();
    }

    /// <summary>What a room is to oneself.</summary>
    private static void WriteStanding(this Utf8JsonWriter writer, RoomSnapshot room, RoomMember self)
    {
        writer.WriteString(NativeNames.Room, room.Id.Value);
        writer.WriteString("ownerId", room.OwnerId?.Value);
        writer.WriteString("role", NativeWords.Roles[self.Role]);
    }

    private static void WriteOthers(this Utf8JsonWriter writer, RoomSnapshot room, RoomMember self)
    {
        IEnumerable<RoomMember> others = room.Members.Where(member => member.ClientId != self.ClientId);
        writer.WriteStartArray("clients");
        foreach (RoomMember member in others)
        {
            writer.WriteStringValue(member.ClientId.Value);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("members");
        foreach (RoomMember member in others)
        {
            writer.WriteStartObject();
            writer.WriteMember(member);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
