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

    public int RoomCount => Volatile.Read(ref _roomCount);

    public IEnumerable<Room> Rooms => _rooms.Values;

    public bool Add(SignalingSession session) => _sessions.TryAdd(session.Id, session);

    public void Remove(SignalingSession session) => _sessions.TryRemove(new(session.Id, session));

    public SignalingSession? FindSession(SessionId id) => _sessions.GetValueOrDefault(id);

    public Room? FindRoom(RoomId id) => _rooms.GetValueOrDefault(id);

    /// <summary>Makes a room known, unless there is one of that name. Called under the room's lock.</summary>
    public SignalingResult Add(Room room)
    {
        int limit = services.Options.Rooms.MaxRooms;
        SignalingError? refusal =
            Interlocked.Increment(ref _roomCount) > limit ? SignalingErrors.LimitExceeded($"There are {limit} rooms already.")
            : !_rooms.TryAdd(room.State.Id, room) ? SignalingErrors.RoomExists(room.State.Id)
            : null;
        if (refusal is not null)
        {
            Interlocked.Decrement(ref _roomCount);
            return refusal;
        }

        services.Metrics.RoomOpened();
        return SignalingResult.Success;
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

    /// <summary>Closes the rooms that are left when all sessions have ended.</summary>
    public void CloseRooms()
    {
        foreach (Room room in _rooms.Values)
        {
            room.Execute(new RoomCommand.Close(By: null, Correlation: null));
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
