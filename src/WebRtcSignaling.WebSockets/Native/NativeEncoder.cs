using System.Text.Json;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Events and signals as messages of the native dialect; docs/protocol.md specifies each.</summary>
internal sealed class NativeEncoder : IEventEncoder
{
    public ReadOnlyMemory<byte> Encode(SignalingEvent signalingEvent)
    {
        JsonScratch scratch = JsonScratch.Begin(TypeOf(signalingEvent));
        Write(scratch.Writer, signalingEvent);
        return scratch.End().ToArray();
    }

    /// <summary>A signal; valid until the next message is written on this thread.</summary>
    public static ReadOnlySpan<byte> Encode(in Signal signal)
    {
        bool isInCall = signal.Call.Value is not null;
        JsonScratch scratch = JsonScratch.Begin(isInCall ? TypeInCall(signal.Kind) : NativeNames.SignalReceive);
        Utf8JsonWriter writer = scratch.Writer;
        if (signal.Room.Value is { } room)
        {
            writer.WriteString(NativeNames.Room, room);
        }

        if (isInCall)
        {
            writer.WriteString(NativeNames.CallId, signal.Call.Value);
        }

        writer.WriteString(NativeNames.SenderId, signal.Sender.Value);
        if (!isInCall && signal.Kind != SignalKind.Plain)
        {
            writer.WriteString(NativeNames.Kind, NativeWords.SignalKinds[signal.Kind]);
        }

        writer.WritePropertyName(NativeNames.Data);
        writer.WriteRaw(signal.Payload);
        return scratch.End();
    }

    private static JsonEncodedText TypeInCall(SignalKind kind) => kind switch
    {
        SignalKind.Offer => NativeNames.CallOffer,
        SignalKind.Answer => NativeNames.CallAnswer,
        _ => NativeNames.CallCandidate,
    };

    private static JsonEncodedText TypeOf(SignalingEvent signalingEvent) => signalingEvent switch
    {
        SignalingEvent.MessageReceived => NativeNames.MessageReceive,
        SignalingEvent.RoomCreated => NativeTypes.RoomCreated,
        SignalingEvent.RoomJoined => NativeTypes.RoomJoined,
        SignalingEvent.RoomLeft => NativeTypes.RoomLeft,
        SignalingEvent.ClientJoined => NativeTypes.ClientJoined,
        SignalingEvent.ClientLeft => NativeTypes.ClientLeft,
        SignalingEvent.ClientSuspended => NativeTypes.ClientSuspended,
        SignalingEvent.ClientResumed => NativeTypes.ClientResumed,
        SignalingEvent.OwnerChanged => NativeTypes.OwnerChanged,
        SignalingEvent.RoleChanged => NativeTypes.RoleChanged,
        SignalingEvent.RoomUpdated => NativeTypes.RoomUpdated,
        SignalingEvent.ClientBanned => NativeTypes.ClientBanned,
        SignalingEvent.ClientUnbanned => NativeTypes.ClientUnbanned,
        SignalingEvent.ResourceToggled => NativeTypes.ResourceToggled,
        SignalingEvent.PresenceChanged => NativeTypes.PresenceChanged,
        SignalingEvent.RoomFieldsChanged or SignalingEvent.MemberFieldsChanged or SignalingEvent.SessionFieldsChanged =>
            NativeTypes.FieldsChanged,
        SignalingEvent.CallStarted => NativeTypes.CallStarted,
        SignalingEvent.CallAccepted => NativeTypes.CallAccepted,
        SignalingEvent.CallEnded => NativeTypes.CallEnded,
        SignalingEvent.SignalExpired => NativeTypes.SignalExpired,
        SignalingEvent.IceServersChanged => NativeTypes.IceServers,
        _ => throw new InvalidOperationException($"No message for {signalingEvent.GetType().Name}."),
    };

    private static void Write(Utf8JsonWriter writer, SignalingEvent signalingEvent)
    {
        switch (signalingEvent)
        {
            case SignalingEvent.MessageReceived e:
                WriteMessage(writer, e);
                break;
            case SignalingEvent.RoomCreated e:
                writer.WriteId(e.Correlation);
                writer.WriteRoom(e.Snapshot);
                break;
            case SignalingEvent.RoomJoined e:
                writer.WriteId(e.Correlation);
                writer.WriteRoom(e.Snapshot, e.IsNew);
                break;
            case SignalingEvent.RoomLeft e:
                writer.WriteId(e.Correlation);
                writer.WriteString(NativeNames.Room, e.Room.Value);
                writer.WriteBoolean("kicked", !e.ByRequest);
                writer.WriteString(NativeNames.Reason, NativeWords.LeaveReasons[e.Reason]);
                writer.WriteOptional("message", e.Message);
                break;
            case SignalingEvent.ClientJoined e:
                writer.WriteString(NativeNames.Room, e.Room.Value);
                writer.WriteMember(e.Member);
                break;
            case SignalingEvent.ClientLeft e:
                writer.WriteClient(e.Room, e.ClientId);
                writer.WriteString(NativeNames.Reason, NativeWords.LeaveReasons[e.Reason]);
                break;
            case SignalingEvent.ClientSuspended e:
                writer.WriteClient(e.Room, e.ClientId);
                break;
            case SignalingEvent.ClientResumed e:
                writer.WriteClient(e.Room, e.ClientId);
                break;
            case SignalingEvent.OwnerChanged e:
                writer.WriteString(NativeNames.Room, e.Room.Value);
                writer.WriteString("ownerId", e.OwnerId?.Value);
                break;
            case SignalingEvent.RoleChanged e:
                writer.WriteClient(e.Room, e.ClientId);
                writer.WriteString("role", NativeWords.Roles[e.Role]);
                break;
            case SignalingEvent.RoomUpdated e:
                writer.WriteString(NativeNames.Room, e.Room.Value);
                writer.WriteSettings(e.Settings);
                break;
            case SignalingEvent.ClientBanned e:
                WriteBanned(writer, e.Room, e.ClientId, e.Username);
                if (e.Until is { } until)
                {
                    writer.WriteNumber("until", until.ToUnixTimeMilliseconds());
                }

                break;
            case SignalingEvent.ClientUnbanned e:
                WriteBanned(writer, e.Room, e.ClientId, e.Username);
                break;
            default:
                WriteState(writer, signalingEvent);
                break;
        }
    }

    private static void WriteState(Utf8JsonWriter writer, SignalingEvent signalingEvent)
    {
        switch (signalingEvent)
        {
            case SignalingEvent.ResourceToggled e:
                writer.WriteClient(e.Room, e.ClientId);
                writer.WriteString("resource", NativeWords.Resources[e.Resource]);
                writer.WriteBoolean("enabled", e.Enabled);
                break;
            case SignalingEvent.PresenceChanged e:
                writer.WriteClient(e.Room, e.ClientId);
                writer.WritePresence(e.Presence);
                break;
            case SignalingEvent.RoomFieldsChanged e:
                WriteFields(writer, e.Room, FieldScope.Room, null, e.Fields);
                break;
            case SignalingEvent.MemberFieldsChanged e:
                WriteFields(writer, e.Room, FieldScope.Member, e.ClientId, e.Fields);
                break;
            case SignalingEvent.SessionFieldsChanged e:
                WriteFields(writer, e.Room, FieldScope.Session, e.ClientId, e.Fields);
                break;
            case SignalingEvent.CallStarted e:
                WriteCall(writer, e.Room, e.Call, e.Correlation);
                writer.WriteString(NativeNames.ClientId, e.PeerId.Value);
                writer.WriteString("part", NativeWords.CallParts[e.Part]);
                writer.WriteString("state", NativeWords.CallPhases[e.Phase]);
                if (!e.Data.IsEmpty)
                {
                    writer.WriteRaw(NativeNames.Data, e.Data);
                }

                break;
            case SignalingEvent.CallAccepted e:
                WriteCall(writer, e.Room, e.Call, correlation: null);
                break;
            case SignalingEvent.CallEnded e:
                WriteCall(writer, e.Room, e.Call, correlation: null);
                writer.WriteString(NativeNames.Reason, NativeWords.CallEndReasons[e.Reason]);
                writer.WriteOptional("clientId", e.ClientId?.Value);
                break;
            case SignalingEvent.SignalExpired e:
                writer.WriteString(NativeNames.TargetId, e.TargetId.Value);
                break;
            case SignalingEvent.IceServersChanged e:
                writer.WriteIceServers(e.Servers);
                break;
        }
    }

    private static void WriteMessage(Utf8JsonWriter writer, SignalingEvent.MessageReceived message)
    {
        if (message.Room is { } room)
        {
            writer.WriteString(NativeNames.Room, room.Value);
        }

        writer.WriteOptional("group", message.Group);
        if (message.SenderId is { } sender)
        {
            writer.WriteString(NativeNames.SenderId, sender.Value);
        }

        if (message.TargetId is { } target)
        {
            writer.WriteString(NativeNames.TargetId, target.Value);
        }

        writer.WriteRaw(NativeNames.Data, message.Data);
    }

    private static void WriteBanned(Utf8JsonWriter writer, RoomId room, SessionId? client, string? username)
    {
        writer.WriteString(NativeNames.Room, room.Value);
        writer.WriteOptional("clientId", client?.Value);
        writer.WriteOptional("username", username);
    }

    private static void WriteFields(Utf8JsonWriter writer, RoomId room, FieldScope scope, SessionId? client, FieldMap fields)
    {
        writer.WriteString(NativeNames.Room, room.Value);
        writer.WriteString("scope", NativeWords.FieldScopes[scope]);
        writer.WriteOptional("clientId", client?.Value);
        writer.WriteFields("fields", fields);
    }

    private static void WriteCall(Utf8JsonWriter writer, RoomId room, CallId call, object? correlation)
    {
        writer.WriteId(correlation);
        writer.WriteString(NativeNames.Room, room.Value);
        writer.WriteString(NativeNames.CallId, call.Value);
    }
}
