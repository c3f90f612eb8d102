using System.Text.Json;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.PeerServer;

/// <summary>
/// What clients of PHPPeerServer hear. Users and rooms are objects, calls are ids. Events that this vocabulary has no word for are left out.
/// </summary>
internal sealed class PeerServerEncoder : IEventEncoder
{
    public ReadOnlyMemory<byte> Encode(SignalingEvent signalingEvent) => signalingEvent switch
    {
        SignalingEvent.RoomCreated e => About("created", new PeerServerRoom(e.Snapshot)),
        SignalingEvent.RoomJoined e => About("joined", new PeerServerRoom(e.Snapshot)),
        SignalingEvent.ClientJoined e => About("r_joined", e.Member.ClientId),
        SignalingEvent.ClientLeft e => About(NameOf(e.Reason), e.ClientId),
        SignalingEvent.ClientBanned { ClientId: { } client } => About("r_banned", client),
        SignalingEvent.ClientUnbanned { ClientId: { } client } => About("r_unbanned", client),
        SignalingEvent.ResourceToggled e => Resources(e.ClientId, e.Media),
        SignalingEvent.MessageReceived { Room: not null, SenderId: { } sender } e => Message(sender, e.Data),
        SignalingEvent.CallStarted e => About("call", e.Call),
        SignalingEvent.CallEnded e => About("hangup", e.Call),
        _ => default,
    };

    /// <summary>An event without arguments.</summary>
    public static byte[] Bare(string name) => EventArray.Write(name, 0, static (_, _) => { });

    public static byte[] About(string name, PeerServerRoom room) => EventArray.Write(name, room, static (writer, room) => room.WriteTo(writer));

    public static byte[] About(string name, SessionId user) => EventArray.Write(name, user, WriteUser);

    /// <summary>What one party of a call sends the other.</summary>
    public static byte[] Signal(string name, CallId call, ReadOnlySpan<byte> payload) =>
        EventArray.Write(name, (call, payload: payload.ToArray()), static (writer, signal) =>
        {
            writer.WriteStringValue(signal.call.Value);
            WriteJson(writer, signal.payload);
        });

    private static byte[] About(string name, CallId call) =>
        EventArray.Write(name, call, static (writer, call) => writer.WriteStringValue(call.Value));

    private static byte[] Message(SessionId user, ReadOnlyMemory<byte> content) =>
        EventArray.Write("r_message", (user, content), static (writer, message) =>
        {
            WriteUser(writer, message.user);
            WriteJson(writer, message.content.Span);
        });

    /// <summary>The screen is named only while it is shared: the clients of today know three resources.</summary>
    private static byte[] Resources(SessionId user, MediaResources media) =>
        EventArray.Write("r_resource", (user, media), static (writer, state) =>
        {
            WriteUser(writer, state.user);
            writer.WriteStartObject();
            writer.WriteBoolean("video"u8, (state.media & MediaResources.Video) != 0);
            writer.WriteBoolean("microphone"u8, (state.media & MediaResources.Microphone) != 0);
            writer.WriteBoolean("audio"u8, (state.media & MediaResources.Audio) != 0);
            if ((state.media & MediaResources.Screen) != 0)
            {
                writer.WriteBoolean("screen"u8, true);
            }

            writer.WriteEndObject();
        });

    private static string NameOf(LeaveReason reason) => reason switch
    {
        LeaveReason.Kicked => "r_kicked",
        LeaveReason.Banned => "r_banned",
        _ => "r_left",
    };

    private static void WriteUser(Utf8JsonWriter writer, SessionId user)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, user.Value);
        writer.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter writer, ReadOnlySpan<byte> json) =>
        writer.WriteRawValue(json.IsEmpty ? "null"u8 : json, skipInputValidation: true);
}
