using WebRtcSignaling.Calls;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>
/// What a session knows of its rooms, built from nothing but what it hears, with the invariants checked at each event: it hears only from rooms
/// that it is in and peers that are there, nobody comes or goes twice, and each call begins and ends once.
/// </summary>
internal sealed class MemberView(SessionId self)
{
    private readonly Dictionary<RoomId, RoomSnapshot> _rooms = [];
    private readonly Dictionary<CallId, (RoomId Room, SessionId Peer)> _calls = [];
    private readonly HashSet<CallId> _ended = [];

    public IReadOnlyDictionary<RoomId, RoomSnapshot> Rooms => _rooms;

    /// <summary>The events that several members may hear, in order, to compare orders.</summary>
    public List<SignalingEvent> Shared { get; } = [];

    public void Hear(SignalingEvent heard)
    {
        switch (heard)
        {
            case SignalingEvent.RoomCreated e:
                Enter(e.Snapshot);
                return;
            case SignalingEvent.RoomJoined e:
                Enter(e.Snapshot);
                return;
            case SignalingEvent.RoomLeft e:
                Require(_rooms.Remove(e.Room), "left a room that it was not in");
                Require(!_calls.Values.Any(call => call.Room == e.Room), "left with a call that had not ended");
                return;
            case SignalingEvent.CallStarted e:
                Require(Has(e.Room, e.PeerId) && e.PeerId != self, "a call with somebody who is not there");
                Require(!_ended.Contains(e.Call) && _calls.TryAdd(e.Call, (e.Room, e.PeerId)), "a call began twice");
                return;
            case SignalingEvent.CallAccepted e:
                Require(_calls.ContainsKey(e.Call), "a call was accepted that is not its own");
                return;
            case SignalingEvent.CallEnded e:
                Require(_calls.Remove(e.Call) && _ended.Add(e.Call), "a call ended that is not its own, or twice");
                return;
            case SignalingEvent.SignalReceived e:
                Require(e.SenderId != self, "its own signal");
                Require(e.Room is not { } through || Has(through, e.SenderId), "a signal from somebody who is not there");
                Require(e.Call is not { } call || _calls[call] == (e.Room!.Value, e.SenderId), "a signal in a call with another");
                return;
            case SignalingEvent.MessageReceived e:
                Require(e.Room is not { } room || e.SenderId is not { } sender || Has(room, sender), "a message from somebody who is not there");
                Require(e.TargetId is not { } target || target == self, "a message for somebody else");
                break;
            default:
                RoomId about = RoomOf(heard);
                Require(_rooms.TryGetValue(about, out RoomSnapshot? snapshot), "an event of a room that it is not in");
                _rooms[about] = Apply(snapshot!, heard);
                break;
        }

        Shared.Add(heard);
    }

    private static RoomId RoomOf(SignalingEvent heard) => heard switch
    {
        SignalingEvent.ClientJoined e => e.Room,
        SignalingEvent.ClientLeft e => e.Room,
        SignalingEvent.OwnerChanged e => e.Room,
        SignalingEvent.RoleChanged e => e.Room,
        SignalingEvent.RoomUpdated e => e.Room,
        SignalingEvent.ClientBanned e => e.Room,
        SignalingEvent.ClientUnbanned e => e.Room,
        SignalingEvent.ResourceToggled e => e.Room,
        SignalingEvent.PresenceChanged e => e.Room,
        SignalingEvent.RoomFieldsChanged e => e.Room,
        SignalingEvent.MemberFieldsChanged e => e.Room,
        SignalingEvent.SessionFieldsChanged e => e.Room,
        _ => throw new InvalidOperationException($"Nobody expects {heard}."),
    };

    private static RoomSnapshot Apply(RoomSnapshot room, SignalingEvent heard)
    {
        switch (heard)
        {
            case SignalingEvent.ClientJoined e:
                Require(room.Members.All(member => member.ClientId != e.Member.ClientId), "somebody joined twice");
                return room with
                {
                    Members = [.. room.Members, e.Member],
                    OwnerId = e.Member.Role == RoomRole.Owner ? e.Member.ClientId : room.OwnerId,
                };
            case SignalingEvent.ClientLeft e:
                Require(room.Members.Any(member => member.ClientId == e.ClientId), "somebody left twice");
                return room with { Members = [.. room.Members.Where(member => member.ClientId != e.ClientId)] };
            case SignalingEvent.OwnerChanged e:
                return e.OwnerId is { } owner
                    ? Change(room with { OwnerId = owner }, owner, member => member with { Role = RoomRole.Owner })
                    : room with { OwnerId = null };
            case SignalingEvent.RoleChanged e:
                return Change(room, e.ClientId, member => member with { Role = e.Role });
            case SignalingEvent.RoomUpdated e:
                return room with { Settings = e.Settings };
            case SignalingEvent.ResourceToggled e:
                return Show(room, e.ClientId, profile => profile with
                {
                    Media = e.Enabled ? profile.Media | e.Resource : profile.Media & ~e.Resource,
                });
            case SignalingEvent.PresenceChanged e:
                return Show(room, e.ClientId, profile => profile with { Presence = e.Presence });
            case SignalingEvent.SessionFieldsChanged e:
                return Show(room, e.ClientId, profile => profile with { Fields = e.Fields });
            case SignalingEvent.MemberFieldsChanged e:
                return Change(room, e.ClientId, member => member with { Fields = e.Fields });
            case SignalingEvent.RoomFieldsChanged e:
                return room with { Fields = e.Fields };
            default:
                return room;
        }
    }

    private static RoomSnapshot Show(RoomSnapshot room, SessionId client, Func<SessionProfile, SessionProfile> change) =>
        Change(room, client, member => member with { Profile = change(member.Profile) });

    private static RoomSnapshot Change(RoomSnapshot room, SessionId client, Func<RoomMember, RoomMember> change)
    {
        Require(room.Members.Any(member => member.ClientId == client), "news of somebody who is not there");
        return room with { Members = [.. room.Members.Select(member => member.ClientId == client ? change(member) : member)] };
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"It heard: {otherwise}.");
        }
    }

    private void Enter(RoomSnapshot snapshot)
    {
        Require(snapshot.Members.Any(member => member.ClientId == self), "of its own join without itself");
        Require(_rooms.TryAdd(snapshot.Id, snapshot), "of its own join twice");
    }

    private bool Has(RoomId room, SessionId client) =>
        _rooms.TryGetValue(room, out RoomSnapshot? snapshot) && snapshot.Members.Any(member => member.ClientId == client);
}
