using System.Text;
using System.Text.Json;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.PeerServer;

/// <summary>
/// A room as these clients see it: <c>{"name","id"}</c>. They may give it any JSON for a name; what cannot be its display name is its field <c>name</c>.
/// </summary>
/// <param name="Id">Its id.</param>
/// <param name="DisplayName">Its display name, if any.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record PeerServerRoom(RoomId Id, string? DisplayName, FieldMap Fields)
{
    private const string NameField = "name";

    public PeerServerRoom(RoomSnapshot snapshot)
        : this(snapshot.Id, snapshot.Settings.DisplayName, snapshot.Fields)
    {
    }

    /// <summary>Puts a name into what a room shall be like.</summary>
    public static RoomSetup NameIn(JsonElement name, RoomSetup setup)
    {
        if (name.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return setup;
        }

        // The core has one rule for all names: 1 to 64 characters, no control characters.
        if (EventArguments.GetString(name) is { } text && RoomId.TryParse(text, out _))
        {
            return setup with { DisplayName = text };
        }

        var fields = new Dictionary<string, ReadOnlyMemory<byte>?> { [NameField] = Encoding.UTF8.GetBytes(name.GetRawText()) };
        return setup with { Fields = new FieldUpdate { Changes = fields } };
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("name"u8);
        if (DisplayName is null && Fields.TryGetValue(NameField, out ReadOnlyMemory<byte> name))
        {
            writer.WriteRawValue(name.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(DisplayName);
        }

        writer.WriteString("id"u8, Id.Value);
        writer.WriteEndObject();
    }
}
