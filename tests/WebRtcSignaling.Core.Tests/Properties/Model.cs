using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>
/// The whole server as plain lists: which step is refused with which code, and what everybody hears. The rules of rooms are in
/// <see cref="ModelRules"/>.
/// </summary>
internal sealed class Model(World world)
{
    private readonly ModelSession?[] _sessions = new ModelSession?[World.Names.Length];
    private readonly Dictionary<string, ModelThrottle> _guesses = new(StringComparer.Ordinal);

    public World World => world;

    public TimeSpan Now { get; private set; }

    public List<ModelRoom> Rooms { get; } = [];

    /// <summary>How many calls there have been.</summary>
    public int Calls { get; private set; }

    public IEnumerable<ModelSession> Alive => _sessions.OfType<ModelSession>().Where(session => !session.Ended);

    public ModelSession? Session(int index) => index == Step.Host ? null : _sessions[index];

    public ModelSession? FindAlive(string id) => Alive.FirstOrDefault(session => session.Id == id);

    /// <summary>The guesses of all sessions of an account; <see langword="null"/> for nobody known.</summary>
    public ModelThrottle? GuessesOf(string? account)
    {
        if (account is null)
        {
            return null;
        }

        if (!_guesses.TryGetValue(account, out ModelThrottle? guesses))
        {
            _guesses[account] = guesses = new ModelThrottle(Properties.World.GuessesPerSession);
        }

        return guesses;
    }

    public ModelRoom? FindRoom(string name) => Rooms.Find(room => room.Name == name);

    public ModelCall NewCall(ModelRoom room, ModelSession offerer, ModelSession answerer, bool serverLed)
    {
        var call = new ModelCall(++Calls, offerer, answerer, serverLed, serverLed ? null : Now + World.RingTimeout);
        room.Calls.Add(call);
        return call;
    }

    /// <summary>Whether the step can be done at all: who never connected does nothing, and some things only a session does.</summary>
    public bool CanDo(Step step) => step.By != Step.Host
        ? step.Kind == StepKind.Connect || _sessions[step.By] is not null
        : step.Kind is StepKind.Create or StepKind.Close or StepKind.Update or StepKind.Kick or StepKind.Ban or StepKind.BanName
            or StepKind.Unban or StepKind.UnbanName or StepKind.SetRole or StepKind.RoomFields or StepKind.Message or StepKind.JoinGroup
            or StepKind.LeaveGroup or StepKind.GroupMessage or StepKind.Advance;

    /// <summary>Does the step.</summary>
    /// <returns>Its refusal's code; null if it is carried out.</returns>
    public string? Do(Step step)
    {
        foreach (ModelSession session in _sessions.OfType<ModelSession>())
        {
            session.Hears.Clear();
        }

        string? refusal = step.Kind switch
        {
            StepKind.Connect => Connect(step.By),
            StepKind.Vanish => Vanish(_sessions[step.By]!),
            StepKind.Advance => Advance(step.Time()),
            StepKind.DirectSignal or StepKind.DirectMessage => Direct(step),
            StepKind.JoinGroup => JoinGroup(step),
            StepKind.LeaveGroup => LeaveGroup(step),
            StepKind.GroupMessage => TellGroup(step),
            _ => ModelRules.Do(this, step),
        };
        Rooms.RemoveAll(room => room.Closed);
        return refusal;
    }

    private string? Connect(int index)
    {
        if (_sessions[index] is { Ended: false })
        {
            return SignalingErrorCode.IdTaken;
        }

        if (Alive.Count() == World.MaxSessions)
        {
            return SignalingErrorCode.LimitExceeded;
        }

        _sessions[index] = new(index);
        return null;
    }

    private string? Vanish(ModelSession session)
    {
        session.Ended = true;
        session.Groups.Clear();
        foreach (ModelRoom room in session.Rooms.ToList())
        {
            ModelRules.Leave(room, session, LeaveReason.Disconnected, Now);
        }

        return null;
    }

    private string? Advance(TimeSpan by)
    {
        TimeSpan end = Now + by;
        while (NextDue() is { } due && due <= end)
        {
            Now = due > Now ? due : Now;
            foreach (ModelRoom room in Rooms)
            {
                foreach (ModelCall call in room.Calls.Where(call => call.RingsUntil <= Now).ToList())
                {
                    room.EndCall(call, CallEndReason.Timeout, null);
                }

                room.Closed |= room.ClosesAt <= Now;
            }

            Rooms.RemoveAll(room => room.Closed);
        }

        Now = end;
        return null;
    }

    private TimeSpan? NextDue() =>
        Rooms.Select(room => room.ClosesAt).Concat(Rooms.SelectMany(room => room.Calls.Select(call => call.RingsUntil))).Min();

    private string? Direct(Step step)
    {
        ModelSession sender = _sessions[step.By]!;
        if (sender.Ended)
        {
            return SignalingErrorCode.SessionClosed;
        }

        if (step.Data().Length > World.MaxPayloadBytes)
        {
            return SignalingErrorCode.LimitExceeded;
        }

        if (!world.AllowsDirect)
        {
            return SignalingErrorCode.NotPermitted;
        }

        if (step.By == step.Target || FindAlive(World.Names[step.Target]) is not { } target)
        {
            return SignalingErrorCode.TargetNotFound;
        }

        target.Hears.Add(("", step.Kind == StepKind.DirectSignal
            ? $"signal {sender.Id} {step.Signal()} {HeardText.Of(step.Data())}"
            : $"message {sender.Id} {target.Id} {HeardText.Of(step.Data())}"));
        return null;
    }

    private string? JoinGroup(Step step)
    {
        if (step.By != Step.Host && !world.AllowsGroups)
        {
            return SignalingErrorCode.NotPermitted;
        }

        string? refusal = Grouped(step, out ModelSession? session);
        if (session is null)
        {
            return refusal;
        }

        string group = step.Pick(World.Groups);
        if (!session.Groups.Contains(group) && session.Groups.Count == World.MaxGroups)
        {
            return SignalingErrorCode.LimitExceeded;
        }

        session.Groups.Add(group);
        return null;
    }

    private string? LeaveGroup(Step step)
    {
        string? refusal = Grouped(step, out ModelSession? session);
        return session is not null ? (session.Groups.Remove(step.Pick(World.Groups)) ? null : SignalingErrorCode.NotInGroup)
            : step.By == Step.Host ? refusal
            : SignalingErrorCode.NotInGroup;
    }

    /// <summary>The session whose groups change: the one that asks, or the one that the host means.</summary>
    private string? Grouped(Step step, out ModelSession? session)
    {
        session = step.By == Step.Host ? FindAlive(World.Names[step.Target]) : FindAlive(World.Names[step.By]);
        return step.By == Step.Host ? SignalingErrorCode.TargetNotFound : SignalingErrorCode.SessionClosed;
    }

    private string? TellGroup(Step step)
    {
        ModelSession? sender = Session(step.By);
        string group = step.Pick(World.Groups);
        if (sender is not null)
        {
            string? refusal =
                sender.Ended ? SignalingErrorCode.SessionClosed
                : step.Data().Length > World.MaxPayloadBytes ? SignalingErrorCode.LimitExceeded
                : !sender.Groups.Contains(group) ? SignalingErrorCode.NotInGroup
                : null;
            if (refusal is not null)
            {
                return refusal;
            }
        }

        foreach (ModelSession member in Alive.Where(session => session.Groups.Contains(group) && (session != sender || step.Echo())))
        {
            member.Hears.Add(("", $"message {sender?.Id}  {HeardText.Of(step.Data())}"));
        }

        return null;
    }
}
