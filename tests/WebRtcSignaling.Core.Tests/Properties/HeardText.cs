using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>What is heard as a line of text, with the room it comes from.</summary>
internal static class HeardText
{
    public static string Of(ReadOnlyMemory<byte> data) => $"<{Text.Of(data)}>";

    public static (string Room, string Text) Of(SignalingEvent heard, Func<CallId, int> number) => heard switch
    {
        SignalingEvent.RoomCreated e => (e.Snapshot.Id.Value, "created"),
        SignalingEvent.RoomJoined e => (e.Snapshot.Id.Value, e.IsNew ? "joined new" : "joined"),
        SignalingEvent.RoomLeft e => (e.Room.Value, $"room-left {e.Reason} {e.ByRequest}"),
        SignalingEvent.ClientJoined e => (e.Room.Value, $"client-joined {e.Member.ClientId} {e.Member.Role}"),
        SignalingEvent.ClientLeft e => (e.Room.Value, $"client-left {e.ClientId} {e.Reason}"),
        SignalingEvent.OwnerChanged e => (e.Room.Value, $"owner-changed {e.OwnerId}"),
        SignalingEvent.RoleChanged e => (e.Room.Value, $"role-changed {e.ClientId} {e.Role}"),
        SignalingEvent.RoomUpdated e => (e.Room.Value, "room-updated"),
        SignalingEvent.ClientBanned e => (e.Room.Value, $"client-banned {e.ClientId} {e.Username}"),
        SignalingEvent.ClientUnbanned e => (e.Room.Value, $"client-unbanned {e.ClientId} {e.Username}"),
        SignalingEvent.ResourceToggled e => (e.Room.Value, $"toggled {e.ClientId} {e.Resource} {e.Enabled}"),
        SignalingEvent.PresenceChanged e => (e.Room.Value, $"presence {e.ClientId} {e.Presence}"),
        SignalingEvent.RoomFieldsChanged e => (e.Room.Value, $"room-fields [{Fields.Show(e.Fields)}]"),
        SignalingEvent.MemberFieldsChanged e => (e.Room.Value, $"member-fields {e.ClientId} [{Fields.Show(e.Fields)}]"),
        SignalingEvent.SessionFieldsChanged e => (e.Room.Value, $"session-fields {e.ClientId} [{Fields.Show(e.Fields)}]"),
        SignalingEvent.MessageReceived e => (e.Room?.Value ?? "", $"message {e.SenderId} {e.TargetId} {Of(e.Data)}"),
        SignalingEvent.CallStarted e => (e.Room.Value, $"call-started #{number(e.Call)} {e.PeerId} {e.Part} {e.Phase} {(e.Data.IsEmpty ? "" : Of(e.Data))}"),
        SignalingEvent.CallAccepted e => (e.Room.Value, $"call-accepted #{number(e.Call)}"),
        SignalingEvent.CallEnded e => (e.Room.Value, $"call-ended #{number(e.Call)} {e.Reason} {e.ClientId}"),
        SignalingEvent.SignalReceived e => (
            e.Room?.Value ?? "", $"signal {e.SenderId} {e.Kind} {(e.Call is { } call ? $"#{number(call)} " : "")}{Of(e.Payload)}"),
        _ => throw new InvalidOperationException($"Nobody expects {heard}."),
    };

    /// <summary>
    /// By room and, within it, in order. A member's calls end in no particular order among themselves, so these are sorted where they stand
    /// next to each other.
    /// </summary>
    public static IEnumerable<string> Arrange(IEnumerable<(string Room, string Text)> heard) =>
        heard.GroupBy(line => line.Room).OrderBy(room => room.Key, StringComparer.Ordinal).SelectMany(room => SortEnds(room.Select(line => $"[{room.Key}] {line.Text}")));

    private static IEnumerable<string> SortEnds(IEnumerable<string> lines)
    {
        var ends = new List<string>();
        foreach (string line in lines.Append(""))
        {
            if (line.Contains("] call-ended", StringComparison.Ordinal))
            {
                ends.Add(line);
                continue;
            }

            foreach (string end in ends.Order(StringComparer.Ordinal))
            {
                yield return end;
            }

            ends.Clear();
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
