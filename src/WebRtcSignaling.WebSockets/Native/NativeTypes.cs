using System.Text.Json;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>
/// The types of messages that the server sends, encoded once. Those that are sent most stand in <see cref="NativeNames"/>.
/// </summary>
internal static class NativeTypes
{
    public static readonly JsonEncodedText Welcome = JsonEncodedText.Encode("welcome");
    public static readonly JsonEncodedText Resumed = JsonEncodedText.Encode("resumed");
    public static readonly JsonEncodedText Pong = JsonEncodedText.Encode("pong");
    public static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    public static readonly JsonEncodedText RoomExists = JsonEncodedText.Encode("room-exists");
    public static readonly JsonEncodedText RoomNotExists = JsonEncodedText.Encode("room-not-exists");
    public static readonly JsonEncodedText NotInRoom = JsonEncodedText.Encode("not-in-room");
    public static readonly JsonEncodedText TargetNotFound = JsonEncodedText.Encode("target-not-found");
    public static readonly JsonEncodedText RoomCreated = JsonEncodedText.Encode("room-created");
    public static readonly JsonEncodedText RoomJoined = JsonEncodedText.Encode("room-joined");
    public static readonly JsonEncodedText RoomLeft = JsonEncodedText.Encode("room-left");
    public static readonly JsonEncodedText RoomList = JsonEncodedText.Encode("room-list");
    public static readonly JsonEncodedText RoomUpdated = JsonEncodedText.Encode("room-updated");
    public static readonly JsonEncodedText ClientJoined = JsonEncodedText.Encode("client-joined");
    public static readonly JsonEncodedText ClientLeft = JsonEncodedText.Encode("client-left");
    public static readonly JsonEncodedText ClientSuspended = JsonEncodedText.Encode("client-suspended");
    public static readonly JsonEncodedText ClientResumed = JsonEncodedText.Encode("client-resumed");
    public static readonly JsonEncodedText ClientBanned = JsonEncodedText.Encode("client-banned");
    public static readonly JsonEncodedText ClientUnbanned = JsonEncodedText.Encode("client-unbanned");
    public static readonly JsonEncodedText OwnerChanged = JsonEncodedText.Encode("owner-changed");
    public static readonly JsonEncodedText RoleChanged = JsonEncodedText.Encode("role-changed");
    public static readonly JsonEncodedText ResourceToggled = JsonEncodedText.Encode("resource-toggled");
    public static readonly JsonEncodedText PresenceChanged = JsonEncodedText.Encode("presence-changed");
    public static readonly JsonEncodedText FieldsChanged = JsonEncodedText.Encode("fields-changed");
    public static readonly JsonEncodedText CallStarted = JsonEncodedText.Encode("call-started");
    public static readonly JsonEncodedText CallAccepted = JsonEncodedText.Encode("call-accepted");
    public static readonly JsonEncodedText CallEnded = JsonEncodedText.Encode("call-ended");
    public static readonly JsonEncodedText SignalExpired = JsonEncodedText.Encode("signal-expired");
    public static readonly JsonEncodedText IceServers = JsonEncodedText.Encode("ice-servers");
}
