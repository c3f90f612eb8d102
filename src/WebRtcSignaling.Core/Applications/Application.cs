using System.Collections.Concurrent;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Groups;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Applications;

/// <summary>A namespace of sessions, rooms and groups. Safe for concurrent use.</summary>
internal sealed class Application : IDisposable
{
    private readonly SignalingServices _services;
    private readonly WaitingSignals? _waiting;
    private readonly ConcurrentDictionary<SessionId, SignalingSession> _sessions = new();
    private readonly ConcurrentDictionary<RoomId, Room> _rooms = new();
    private readonly Lock _fieldsLock = new();
    private volatile FieldMap _fields = FieldMap.Empty;
    private int _sessionCount;
    private int _roomCount;

    public Application(string name, ApplicationOptions options, SignalingServices services)
    {
        Name = name;
        Options = options;
        _services = services;
        Users = new UserSessions(services.Options.Sessions);
        _waiting = options.WaitingSignals.Timeout > TimeSpan.Zero ? new WaitingSignals(this, options.WaitingSignals, services.Time) : null;
    }

    public string Name { get; }

    public ApplicationOptions Options { get; }

    /// <summary>Why no further session is let in at this moment; <see langword="null"/> if one is.</summary>
    public SignalingError? Fullness => Volatile.Read(ref _sessionCount) >= Options.MaxSessions ? FullOf(Options.MaxSessions.Value) : null;

    public GroupRegistry Groups { get; } = new();

    /// <summary>The sessions of each account.</summary>
    public UserSessions Users { get; }

    public IEnumerable<SignalingSession> Sessions => _sessions.Values;

    public int RoomCount => Volatile.Read(ref _roomCount);

    public IEnumerable<Room> Rooms => _rooms.Values;

    public FieldMap Fields => _fields;

    public SignalingResult SetFields(FieldUpdate update)
    {
        lock (_fieldsLock)
        {
            SignalingResult<FieldMap> applied = _fields.Apply(update, _services.Options.Sessions.MaxFieldBytes);
            if (!applied.TryGetValue(out FieldMap? fields))
            {
                return applied.Error!;
            }

            _fields = fields;
            return SignalingResult.Success;
        }
    }

    /// <summary>Lets a session in.</summary>
    /// <returns>Why it is not let in; <see langword="null"/> if it is.</returns>
    public SignalingError? Add(SignalingSession session) => _waiting is null ? Register(session) : _waiting.Admit(session);

    /// <summary>Makes a session known. Only for <see cref="Add(SignalingSession)"/> and what it calls.</summary>
    public SignalingError? Register(SignalingSession session)
    {
        int limit = Options.MaxSessions ?? int.MaxValue;
        SignalingError? refusal =
            Interlocked.Increment(ref _sessionCount) > limit ? FullOf(limit)
            : !_sessions.TryAdd(session.Id, session) ? SignalingErrors.IdTaken
            : null;
        if (refusal is not null)
        {
            Interlocked.Decrement(ref _sessionCount);
        }

        return refusal;
    }

    public void Remove(SignalingSession session)
    {
        if (_sessions.TryRemove(new(session.Id, session)))
        {
            Interlocked.Decrement(ref _sessionCount);
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

    /// <summary>Makes a room known, unless there is one of that name. Called under the room's lock.</summary>
    public SignalingResult Add(Room room)
    {
        NetworkCounter origins = _services.Admission.Rooms;
        if (!origins.TryEnter(room.Origin))
        {
            return SignalingErrors.LimitExceeded($"Your address has created {_services.Options.Admission.MaxRoomsPerAddress} rooms already.");
        }

        int limit = Options.MaxRooms ?? _services.Options.Rooms.MaxRooms;
        SignalingError? refusal =
            Interlocked.Increment(ref _roomCount) > limit ? SignalingErrors.LimitExceeded($"There are {limit} rooms already.")
            : !_rooms.TryAdd(room.State.Id, room) ? SignalingErrors.RoomExists(room.State.Id)
            : null;
        if (refusal is not null)
        {
            Interlocked.Decrement(ref _roomCount);
            origins.Leave(room.Origin);
            return refusal;
        }

        _services.Metrics.RoomOpened();
        return SignalingResult.Success;
    }

    /// <summary>Forgets a room that has closed. Called under the room's lock, so that its name is free as soon as it is closed.</summary>
    public void Remove(Room room)
    {
        if (_rooms.TryRemove(new(room.State.Id, room)))
        {
            Interlocked.Decrement(ref _roomCount);
            _services.Admission.Rooms.Leave(room.Origin);
            _services.Metrics.RoomClosed();
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

    /// <summary>The rooms that may be seen.</summary>
    public RoomList List(string? prefix)
    {
        int limit = _services.Options.Rooms.MaxListed;
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

    private static SignalingError FullOf(int limit) => SignalingErrors.LimitExceeded($"The application holds {limit} sessions already.");
}
