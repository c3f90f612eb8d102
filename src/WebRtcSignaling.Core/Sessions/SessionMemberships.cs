using System.Collections.Immutable;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// The rooms and groups of one session, until it ends. A room is reserved here before it is entered, so that a session that ends meanwhile
/// knows every
/// room that it must leave (no ghosts). Safe for concurrent use; it is its own lock.
/// </summary>
internal sealed class SessionMemberships
{
    private (RoomId Id, Room Room)[] _rooms = [];
    private ImmutableHashSet<string> _groups = [];
    private volatile bool _isEnded;

    public bool IsEnded => _isEnded;

    /// <summary>An array that is never written to again, so that going through it allocates nothing.</summary>
    public (RoomId Id, Room Room)[] Rooms => Volatile.Read(ref _rooms);

    public int RoomCount => Volatile.Read(ref _rooms).Length;

    public ImmutableHashSet<string> Groups => Volatile.Read(ref _groups);

    /// <summary>The room of that name that the session is in, or is about to be in.</summary>
    public Room? Find(RoomId id)
    {
        foreach ((RoomId Id, Room Room) entry in Volatile.Read(ref _rooms))
        {
            if (entry.Id == id)
            {
                return entry.Room;
            }
        }

        return null;
    }

    public SignalingResult Reserve(RoomId id, Room room, int limit)
    {
        lock (this)
        {
            if (_isEnded)
            {
                return SignalingErrors.SessionClosed;
            }

            if (Find(id) is not null)
            {
                return SignalingErrors.AlreadyInRoom(id);
            }

            if (_rooms.Length >= limit)
            {
                return SignalingErrors.LimitExceeded($"You may be in {limit} rooms at once.");
            }

            Volatile.Write(ref _rooms, [.. _rooms, (id, room)]);
            return SignalingResult.Success;
        }
    }

    public void Forget(Room room)
    {
        lock (this)
        {
            Volatile.Write(ref _rooms, [.. _rooms.Where(entry => !ReferenceEquals(entry.Room, room))]);
        }
    }

    public SignalingResult AddGroup(string group, int limit)
    {
        lock (this)
        {
            if (_isEnded)
            {
                return SignalingErrors.SessionClosed;
            }

            if (!_groups.Contains(group) && _groups.Count >= limit)
            {
                return SignalingErrors.LimitExceeded($"You may be in {limit} groups at once.");
            }

            _groups = _groups.Add(group);
            return SignalingResult.Success;
        }
    }

    public bool RemoveGroup(string group)
    {
        lock (this)
        {
            ImmutableHashSet<string> rest = _groups.Remove(group);
            bool wasIn = !ReferenceEquals(rest, _groups);
            _groups = rest;
            return wasIn;
        }
    }

    /// <summary>Ends the session's memberships: nothing is added from now on.</summary>
    /// <returns>Whether this call was the one that ended them.</returns>
    public bool TryEnd()
    {
        lock (this)
        {
            bool first = !_isEnded;
            _isEnded = true;
            return first;
        }
    }
}
