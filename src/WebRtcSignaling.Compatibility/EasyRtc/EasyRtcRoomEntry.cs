using System.Text.Json;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>One room that a client names.</summary>
/// <param name="Room">Which.</param>
/// <param name="Parameter">The <c>roomParameter</c> as it was sent; empty for none.</param>
/// <param name="Password">The <c>password</c> in it, for rooms that have one.</param>
internal readonly record struct EasyRtcRoomEntry(RoomId Room, ReadOnlyMemory<byte> Parameter, string? Password)
{
    /// <summary>
    /// Takes a map of rooms: <c>{"name":{"roomName":"name","roomParameter"?:{…}},…}</c>. More members are passed over, because clients send back whole records.
    /// </summary>
    /// <returns>Whether it has that form; it may be empty.</returns>
    public static bool TryRead(JsonElement map, out List<EasyRtcRoomEntry> rooms)
    {
        rooms = [];
        if (EasyRtcObject.Of(map) is not { } named)
        {
            return false;
        }

        foreach ((string name, JsonElement value) in named.Members)
        {
            if (!EasyRtcNames.IsName(name)
                || EasyRtcObject.Of(value) is not { } entry
                || entry.Text("roomName") != name
                || (entry.Has("roomParameter") && entry.Object("roomParameter") is null))
            {
                return false;
            }

            JsonElement parameter = entry["roomParameter"];
            rooms.Add(new EasyRtcRoomEntry(RoomId.Parse(name), EasyRtcObject.Raw(parameter), EasyRtcObject.Of(parameter)?.Text("password")));
        }

        return true;
    }
}
