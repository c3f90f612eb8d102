using System.Text.Json;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>What a client is told when it has authenticated. Its clients rely on <c>application</c> and <c>iceConfig</c> being there.</summary>
internal sealed record EasyRtcToken
{
    public required SessionId Id { get; init; }

    public required string Application { get; init; }

    public required FieldMap ApplicationFields { get; init; }

    /// <summary>The fields of the session itself.</summary>
    public required FieldMap Fields { get; init; }

    public required IReadOnlyList<IceServer> IceServers { get; init; }

    /// <summary>All rooms that it is in.</summary>
    public required IReadOnlyList<RoomSnapshot> Rooms { get; init; }

    /// <summary>The <c>easyrtcsid</c>, if it sent one.</summary>
    public string? SessionId { get; init; }

    /// <summary>What the host app has said about the session of that <c>easyrtcsid</c>.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> SessionFields { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>Writes the members of <c>msgData</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("roomData");
        foreach (RoomSnapshot room in Rooms)
        {
            writer.WriteJoinedRoom(room);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("application");
        writer.WriteString("applicationName", Application);
        if (ApplicationFields.Count > 0)
        {
            writer.WriteFields("field", ApplicationFields);
        }

        writer.WriteEndObject();
        writer.WriteString("easyrtcid", Id.Value);
        if (Fields.Count > 0)
        {
            writer.WriteFields("field", Fields);
        }

        if (SessionId is { } sessionId)
        {
            writer.WriteSessionData(sessionId, SessionFields);
        }

        writer.WriteIceConfig(IceServers);
        writer.WriteNumber("serverTime", Time.ToUnixTimeMilliseconds());
    }
}
