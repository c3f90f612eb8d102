using System.Text.Json;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The messages with which a session begins and goes on. Each is valid until the next message is written on this thread.</summary>
internal static class NativeWelcome
{
    public static ReadOnlySpan<byte> Welcome(
        RequestId id, SignalingSession session, IReadOnlyList<IceServer> servers, NativeLimits limits, NativeToken? token)
    {
        JsonScratch scratch = JsonScratch.Begin(NativeTypes.Welcome);
        WriteSession(scratch.Writer, id, session, servers, limits, token);
        return scratch.End();
    }

    /// <summary>The answer to a client that wants to go on with a session.</summary>
    /// <param name="id">Of its request.</param>
    /// <param name="session">The session that it has now.</param>
    /// <param name="servers">The ICE servers.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="token">The next token.</param>
    /// <param name="attachment">How the session goes on. Where not all that was missed follows, all that is to be known of the session is told.</param>
    public static ReadOnlySpan<byte> Resumed(
        RequestId id,
        SignalingSession session,
        IReadOnlyList<IceServer> servers,
        NativeLimits limits,
        NativeToken? token,
        Attachment attachment)
    {
        JsonScratch scratch = JsonScratch.Begin(NativeTypes.Resumed);
        Utf8JsonWriter writer = scratch.Writer;
        writer.WriteBoolean("recovered", attachment.IsRecovered);
        writer.WriteNumber("seq", attachment.Sent);
        writer.WriteNumber(NativeNames.Ack, attachment.Taken);
        WriteSession(writer, id, session, servers, limits, token);
        if (!attachment.IsRecovered)
        {
            WriteSnapshot(writer, session);
        }

        return scratch.End();
    }

    private static void WriteSession(
        Utf8JsonWriter writer,
        RequestId id,
        SignalingSession session,
        IReadOnlyList<IceServer> servers,
        NativeLimits limits,
        NativeToken? token)
    {
        writer.WriteId(id);
        writer.WriteString(NativeNames.ClientId, session.Id.Value);
        writer.WriteOptional("username", session.Profile.Username);
        writer.WriteString("application", session.Application);
        writer.WriteExpiry(session);
        writer.WriteIceServers(servers);
        writer.WriteStartObject("limits");
        writer.WriteNumber("messageBytes", limits.MessageBytes);
        writer.WriteNumber("rooms", limits.Rooms);
        writer.WriteNumber("nameCharacters", limits.NameCharacters);
        writer.WriteNumber("fieldBytes", limits.FieldBytes);
        writer.WriteEndObject();
        if (token is { } resume)
        {
            writer.WriteStartObject("resume");
            writer.WriteString("token", resume.Text);
            writer.WriteNumber("timeout", (long)resume.Timeout.TotalMilliseconds);
            writer.WriteNumber("bytes", resume.Bytes);
            writer.WriteEndObject();
        }
    }

    private static void WriteSnapshot(Utf8JsonWriter writer, SignalingSession session)
    {
        IReadOnlyList<CallSummary> calls = session.Calls.Current;
        writer.WriteStartArray("groups");
        foreach (string group in session.Groups.Joined)
        {
            writer.WriteStringValue(group);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rooms");
        foreach (RoomId id in session.Rooms.Joined)
        {
            if (session.Rooms.Find(id) is { } room)
            {
                writer.WriteStartObject();
                writer.WriteRoom(room, room.Members.First(member => member.ClientId == session.Id));
                WriteCalls(writer, calls.Where(call => call.Room == id));
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteCalls(Utf8JsonWriter writer, IEnumerable<CallSummary> calls)
    {
        writer.WriteStartArray("calls");
        foreach (CallSummary call in calls)
        {
            writer.WriteStartObject();
            writer.WriteString(NativeNames.CallId, call.Call.Value);
            writer.WriteString(NativeNames.ClientId, call.PeerId.Value);
            writer.WriteString("part", NativeWords.CallParts[call.Part]);
            writer.WriteString("state", NativeWords.CallPhases[call.Phase]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
