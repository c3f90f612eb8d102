using System.Collections.Concurrent;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Groups;
using WebRtcSignaling.Names;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Applications;

/// <summary>A namespace of sessions, rooms and groups. Safe for concurrent use.</summary>
internal sealed class Application : IDisposable
{
    private readonly SignalingServices _services;
    private readonly ApplicationLife _life;
    private readonly Action<Application> _forget;
    private readonly WaitingSignals? _waiting;
    private readonly ConcurrentDictionary<SessionId, SignalingSession> _sessions = new();
    private readonly ConcurrentDictionary<RoomId, Room> _rooms = new();
    private readonly Lock _fieldsLock = new();
    private readonly NameIndex<Room> _listed = new(StringComparer.Ordinal);
    private readonly Lock _roomsLock = new();
    private volatile FieldMap _fields = FieldMap.Empty;
    private int _sessionCount;
    private int _roomCount;

    /// <param name="name">Its name.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="services">What it needs.</param>
    /// <param name="life">How long it exists.</param>
    /// <param name="forget">Called once, when its life is over.</param>
    public Application(string name, ApplicationOptions options, SignalingServices services, ApplicationLife life, Action<Application> forget)
    {
        Name = name;
        Options = options;
        _services = services;
        _life = life;
        _forget = forget;
        Users = new UserSessions(services.Options.Sessions);
        _waiting = options.WaitingSignals.Timeout > TimeSpan.Zero ? new WaitingSignals(this, options.WaitingSignals, services.Time) : null;
    }

    public string Name { get; }

    public ApplicationOptions Options { get; }

    public GroupRegistry Groups { get; } = new();

    /// <summary>The sessions of each account.</summary>
    public UserSessions Users { get; }

    public IEnumerable<SignalingSession> Sessions => _sessions.Values;

    public int RoomCount => Volatile.Read(ref _roomCount);

    public IEnumerable<Room> Rooms => _rooms.Values;

    public FieldMap Fields => _fields;

    /// <summary>Whether it is gone, or about to be. Nobody comes in any more.</summary>
    public bool IsOver => _life.IsOver;

    /// <summary>Keeps it while somebody is on the way in; <see cref="Release"/> follows.</summary>
    /// <returns>Whether it still exists.</returns>
    public bool TryHold() => _life.TryAddOne();

    /// <summary>Whoever was on the way in has come in, or not.</summary>
    public void Release() => ForgetIf(_life.RemoveOne());

    /// <summary>Ends it where a session created it and nobody is there: its rooms are empty, and none of them is to stay until the host closes it.</summary>
    public bool TryEnd()
    {
        bool isOver = _life.IsIdle && _rooms.Values.All(static room => room.State.Settings.EmptyTimeout is not null) && _life.TryEnd();
        ForgetIf(isOver);
        if (isOver)
        {
            CloseRooms();
        }

        return isOver;
    }

    public SignalingResult SetFields(FieldUpdate update)
    {
        if (IsOver)
        {
            return SignalingErrors.ApplicationNotExists;
        }

        lock (_fieldsLock)
        {
            SignalingResult<FieldMap> applied = _fields.Apply(update, _services.Options.Sessions.FieldLimits);
            if (!applied.TryGetValue(out FieldMap? fields))
            {
                return applied.Error!;
            }

            _fields = fields;
            return SignalingResult.Success;
        }
    }

    /// <summary>Keeps a place for a session that is to begin, so that its client is not told of it before there is one.</summary>
    /// <returns>Why there is none; <see langword="null"/> if it is kept, for <see cref="Add(SignalingSession)"/> or <see cref="GivePlaceBack"/>.</returns>
    public SignalingError? TakePlace()
    {
        int limit = Options.MaxSessions ?? int.MaxValue;
        if (Interlocked.Increment(ref _sessionCount) <= limit)
        {
            return null;
        }

        GivePlaceBack();
        return SignalingErrors.LimitExceeded($"The application holds {limit} sessions already.");
    }

    /// <summary>The session for which a place was kept has not become one of the application's.</summary>
    public void GivePlaceBack() => Interlocked.Decrement(ref _sessionCount);

    /// <summary>Lets a session in for which a place was kept; from then on the place is the session's.</summary>
    /// <returns>Why it is not let in; <see langword="null"/> if it is.</returns>
    public SignalingError? Add(SignalingSession session) => _waiting is null ? Register(session) : _waiting.Admit(session);

    /// <summary>Makes a session known. Only for <see cref="Add(SignalingSession)"/> and what it calls.</summary>
    public SignalingError? Register(SignalingSession session)
    {
        if (!TryHold())
        {
            return SignalingErrors.ApplicationNotExists;
        }

        if (_sessions.TryAdd(session.Id, session))
        {
            return null;
        }

        Release();
        return SignalingErrors.IdTaken;
    }

    public void Remove(SignalingSession session)
    {
        if (_sessions.TryRemove(new(session.Id, session)))
        {
            GivePlaceBack();
            Release();
        }
    }

    /// <summary>Ends the session that has an id, if there is one, and it is the claimer's own.</summary>
    /// <param name="id">The id.</param>
    /// <param name="secret">What the claimer shows.</param>
    /// <param name="isReclaimed">Whether a session ended for it.</param>
    /// <returns>Whether the id is free, or about to be.</returns>
    public bool TryFree(SessionId id, ReclaimSecret? secret, out bool isReclaimed)
    {
        isReclaimed = false;
        if (FindSession(id) is not { } holder)
        {
            return true;
        }

        if (holder.Reclaim?.Matches(secret) != true)
        {
            return false;
        }

        // One that is ending by itself has its id until it has left its rooms.
        isReclaimed = !holder.IsClosed;
        holder.Close(new(SessionCloseReason.Replaced));
        return true;
    }

    /// <summary>Hands a signal that goes through no room to its target, or keeps it until the target is there.</summary>
    public SignalingResult Relay(SessionId target, in Signal signal)
    {
        if (_waiting is not null)
        {
            return _waiting.Relay(target, in signal);
        }

        if (FindSession(target) is not { } receiver)
        {
            return SignalingErrors.TargetNotFound(default, target);
        }

        receiver.Deliver(in signal);
        return SignalingResult.Success;
    }

    public SignalingSession? FindSession(SessionId id) => _sessions.GetValueOrDefault(id);

    public Room? FindRoom(RoomId id) => _rooms.GetValueOrDefault(id);

    /// <summary>Makes a room known, unless there is one of that name or there are too many. Called under the room's lock.</summary>
    public SignalingResult Add(Room room)
    {
        if (!_life.TryAddRoom())
        {
            return SignalingErrors.ApplicationNotExists;
        }

        if (Place(room) is { } refusal)
        {
            ForgetIf(_life.RemoveRoom());
            return refusal;
        }

        _services.Metrics.RoomOpened();
        return SignalingResult.Success;
    }

    /// <summary>Forgets a room that has closed. Called under the room's lock, so that its name is free as soon as it is closed.</summary>
    public void Remove(Room room)
    {
        lock (_roomsLock)
        {
            if (!_rooms.TryRemove(new(room.State.Id, room)))
            {
                return;
            }

            _roomCount--;
            _listed.Remove(room.State.Id.Value);
            _services.Admission.Rooms.Leave(room.Origin);
        }

        _services.Metrics.RoomClosed();
        ForgetIf(_life.RemoveRoom());
    }

    /// <summary>Takes over whether lists show a room. Called under the room's lock.</summary>
    public void SetListed(Room room)
    {
        RoomState state = room.State;
        if (state.Settings.Hidden || state.IsClosed)
        {
            _listed.Remove(state.Id.Value);
        }
        else
        {
            _listed.Add(state.Id.Value, room);
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

    /// <summary>Nothing waits any more.</summary>
    public void Dispose() => _waiting?.Dispose();

    /// <summary>The rooms that may be seen, in the order of their names.</summary>
    public RoomList List(string? prefix)
    {
        int limit = _services.Options.Rooms.MaxListed;
        IReadOnlyList<Room> found = _listed.Find(prefix ?? "", limit == int.MaxValue ? limit : limit + 1);

        // One that closes or hides at this moment may still be among them.
        IEnumerable<RoomState> shown = found.Take(limit).Select(room => room.State).Where(state => !state.IsClosed && !state.Settings.Hidden);
        return new([.. shown.Select(state => new RoomSummary(state.Id, state.Members.Count, state.Settings))], IsTruncated: found.Count > limit);
    }

    private SignalingError? Place(Room room)
    {
        lock (_roomsLock)
        {
            // The name first: whoever would join the room as well looks again when it is there, and must not hear of a limit instead.
            int limit = Options.MaxRooms ?? _services.Options.Rooms.MaxRooms;
            SignalingError? refusal =
                _rooms.ContainsKey(room.State.Id) ? SignalingErrors.RoomExists(room.State.Id)
                : _roomCount >= limit ? SignalingErrors.LimitExceeded($"There are {limit} rooms already.")
                : !_services.Admission.Rooms.TryEnter(room.Origin)
                    ? SignalingErrors.LimitExceeded($"Your address has created {_services.Options.Admission.MaxRoomsPerAddress} rooms already.")
                : null;
            if (refusal is null)
            {
                _rooms[room.State.Id] = room;
                _roomCount++;
                SetListed(room);
            }

            return refusal;
        }
    }

    private void ForgetIf(bool isOver)
    {
        if (isOver)
        {
            _forget(this);
        }
    }
}
