using System.Collections.Concurrent;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Groups;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Applications;

/// <summary>A namespace of sessions, rooms and groups. Safe for concurrent use.</summary>
internal sealed class Application(string name, ApplicationOptions options, SignalingServices services)
{
    private readonly ConcurrentDictionary<SessionId, SignalingSession> _sessions = new();
    private readonly ConcurrentDictionary<RoomId, Room> _rooms = new();
    private int _roomCount;

    public string Name => name;

    public ApplicationOptions Options => options;

    public GroupRegistry Groups { get; } = new();

    public IEnumerable<SignalingSession> Sessions => _sessions.Values;

    public IEnumerable<Room> Rooms => _rooms.Values;

    public bool Add(SignalingSession session) => _sessions.TryAdd(session.Id, session);

    public void Remove(SignalingSession session) => _sessions.TryRemove(new(session.Id, session));

    public SignalingSession? FindSession(SessionId id) => _sessions.GetValueOrDefault(id);

    public Room? FindRoom(RoomId id) => _rooms.GetValueOrDefault(id);

    /// <summary>Makes a room with nobody in it known, unless there is one of that name.</summary>
    public SignalingResult<Room> Add(RoomState state)
    {
        int limit = services.Options.Rooms.MaxRooms;
        if (Interlocked.Increment(ref _roomCount) > limit)
        {
            Interlocked.Decrement(ref _roomCount);
            return SignalingErrors.LimitExceeded($"There are {limit} rooms already.");
        }

        var room = new Room(this, state, services.Time);
        if (!_rooms.TryAdd(state.Id, room))
        {
            Interlocked.Decrement(ref _roomCount);
            return SignalingErrors.RoomExists(state.Id);
        }

        services.Metrics.RoomOpened();
        return room;
    }

    /// <summary>Forgets a room that has closed. Called under the room's lock, so that its name is free as soon as it is closed.</summary>
    public void Remove(Room room)
    {
        if (_rooms.TryRemove(new(room.State.Id, room)))
        {
            Interlocked.Decrement(ref _roomCount);
            services.Metrics.RoomClosed();
        }
    }

    /// <summary>The rooms that may be seen.</summary>
    public RoomList List(string? prefix)
    {
        int limit = services.Options.Rooms.MaxListed;
        var shown = new List<RoomSummary>();
        foreach ((RoomId id, Room room) in _rooms)
        {
            RoomState state = room.State;
            if (state.Settings.Hidden || state.IsClosed || (prefix is not null && !id.Value.StartsWith(prefix, StringComparison.Ordinal)))
            {
                continue;
            }

            if (shown.Count == limit)
            {
                return new(shown, IsTruncated: true);
            }

            shown.Add(new(id, state.Members.Count, state.Settings));
        }

        return new(shown, IsTruncated: false);
    }
}
