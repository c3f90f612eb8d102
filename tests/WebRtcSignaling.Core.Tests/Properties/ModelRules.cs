using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>The rules of rooms in the model's words: who may come in, go, and act on whom. Calls are in <see cref="ModelCallRules"/>.</summary>
internal static class ModelRules
{
    public static string? Do(Model model, Step step)
    {
        string name = World.Rooms[step.Room];
        ModelSession? by = model.Session(step.By);
        switch (step.Kind)
        {
            case StepKind.Create:
                return Create(model, by, name, step.Setup(model.World), "created");
            case StepKind.Join:
                return model.FindRoom(name) is { } room ? Join(model, by!, room, step.Password()) : SignalingErrorCode.RoomNotExists;
            case StepKind.JoinOrCreate:
                return model.FindRoom(name) is { } existing
                    ? Join(model, by!, existing, step.Password())
                    : Create(model, by, name, step.Setup(model.World), "joined new");
            case StepKind.Leave:
                return by!.Rooms.Find(room => room.Name == name) is { } left
                    ? Leave(left, by, LeaveReason.Left, model.Now)
                    : SignalingErrorCode.NotInRoom;
            case StepKind.SessionFields or StepKind.Toggle or StepKind.Presence:
                return Show(by!, step);
            case StepKind.Accept or StepKind.Reject or StepKind.HangUp or StepKind.CallSignal:
                return ModelCallRules.Do(model, by!, step);
            default:
                return Inside(model, by, name, step);
        }
    }

    public static string? Leave(ModelRoom room, ModelSession by, LeaveReason reason, TimeSpan now)
    {
        room.Remove(room.Find(by.Id)!, reason, byRequest: true, now);
        return null;
    }

    private static string? Create(Model model, ModelSession? by, string name, RoomSetup setup, string told)
    {
        bool exists = model.FindRoom(name) is not null;
        bool isFull = model.Rooms.Count == World.MaxRooms;
        var room = new ModelRoom(name, model.World)
        {
            Password = string.IsNullOrEmpty(setup.Password) ? null : setup.Password,
            Settings = new()
            {
                DisplayName = setup.DisplayName,
                Capacity = setup.Capacity ?? World.MaxMembers,
                Hidden = setup.Hidden,
                Locked = setup.Locked,
                OwnerLeaves = setup.OwnerLeaves ?? OwnerLeavesPolicy.HandOver,
                EmptyTimeout = setup.EmptyTimeout,
                ServerLedCalls = setup.ServerLedCalls,
            },
        };
        string? refusal =
            by is not null && exists ? SignalingErrorCode.RoomExists
            : by is { Ended: true } ? SignalingErrorCode.SessionClosed
            : (setup.Fields is null ? null : room.Fields.Apply(setup.Fields)) is { } fields ? fields
            : !IsValid(room.Settings) ? SignalingErrorCode.InvalidArgument
            : by?.Rooms.Count == World.MaxRoomsPerSession ? SignalingErrorCode.LimitExceeded
            : exists ? SignalingErrorCode.RoomExists
            : isFull ? SignalingErrorCode.LimitExceeded
            : null;
        if (refusal is null)
        {
            model.Rooms.Add(room);
            if (by is not null)
            {
                Admit(model, room, by, RoomRole.Owner, told);
            }
        }

        return refusal;
    }

    private static string? Join(Model model, ModelSession by, ModelRoom room, string? password)
    {
        string? refusal =
            by.Ended ? SignalingErrorCode.SessionClosed
            : by.Rooms.Contains(room) ? SignalingErrorCode.AlreadyInRoom
            : by.Rooms.Count == World.MaxRoomsPerSession ? SignalingErrorCode.LimitExceeded
            : null;
        if (refusal is not null)
        {
            return refusal;
        }

        if (room.Password is { } right)
        {
            // Each is asked, since each fills up with time whatever the others say.
            ModelThrottle? account = model.GuessesOf(by.Account);
            bool[] allowed = [by.Guesses.Allows(model.Now), account?.Allows(model.Now) ?? true, room.Guesses.Allows(model.Now)];
            if (allowed.Contains(false))
            {
                return SignalingErrorCode.TooManyAttempts;
            }

            if (password != right)
            {
                by.Guesses.Charge();
                account?.Charge();
                room.Guesses.Charge();
                return SignalingErrorCode.WrongPassword;
            }
        }

        int calls = room.Settings.ServerLedCalls ? room.Calls.Count(call => call.ServerLed) + room.Members.Count : 0;
        refusal =
            room.Members.Count >= room.Settings.Capacity || calls > World.MaxServerLedCalls ? SignalingErrorCode.RoomFull
            : room.Bans.Exists(ban => !(ban.Until <= model.Now) && ban.Meets(by)) ? SignalingErrorCode.Banned
            : room.Settings.Locked ? SignalingErrorCode.RoomLocked
            : null;
        if (refusal is null)
        {
            bool isFirst = room.Members.Count == 0 && room.Settings.OwnerLeaves == OwnerLeavesPolicy.HandOver;
            Admit(model, room, by, isFirst ? RoomRole.Owner : RoomRole.Member, "joined");
        }

        return refusal;
    }

    private static void Admit(Model model, ModelRoom room, ModelSession session, RoomRole role, string told)
    {
        room.TellAll($"client-joined {session.Id} {role}");
        room.Tell(session, told);
        if (room.Settings.ServerLedCalls)
        {
            foreach (ModelMember older in room.Members)
            {
                ModelCallRules.TellStarted(room, model.NewCall(room, older.Session, session, serverLed: true), "");
            }
        }

        room.Members.Add(new(session, role));
        room.Visited = true;
        room.ClosesAt = null;
        session.Rooms.Add(room);
    }

    /// <summary>What only members do, each with its permission, and the host.</summary>
    private static string? Inside(Model model, ModelSession? by, string name, Step step)
    {
        bool hasPayload = step.Kind is StepKind.Message or StepKind.MessageTo or StepKind.Signal or StepKind.StartCall;
        if (by is { Ended: true })
        {
            return SignalingErrorCode.SessionClosed;
        }

        if (by is not null && hasPayload && step.Data().Length > World.MaxPayloadBytes)
        {
            return SignalingErrorCode.LimitExceeded;
        }

        string target = World.Names[step.Target];
        if (step.Kind is StepKind.Ban or StepKind.BanName && by is null && ModelModeration.Precheck(model, step, target) is { } early)
        {
            return early;
        }

        ModelRoom? room = by is null ? model.FindRoom(name) : by.Rooms.Find(room => room.Name == name);
        if (room is null)
        {
            return by is null ? SignalingErrorCode.RoomNotExists : SignalingErrorCode.NotInRoom;
        }

        ModelMember? asker = by is null ? null : room.Find(by.Id);
        if (asker is not null && !room.Allows(asker, Needs(step, model.World)))
        {
            return SignalingErrorCode.NotPermitted;
        }

        return step.Kind switch
        {
            StepKind.Close => Close(room, by),
            StepKind.Update => Update(room, step.Update(model.World), model.Now),
            StepKind.RoomFields => Set(room, room.Fields, step.Fields(), "room-fields"),
            StepKind.MemberFields => Set(room, asker!.Fields, step.Fields(), $"member-fields {by!.Id}"),
            StepKind.Message => Say(room, by, step),
            StepKind.MessageTo or StepKind.Signal => SayTo(room, by!, target, step),
            StepKind.StartCall => ModelCallRules.Start(model, room, by!, target, step),
            _ => ModelModeration.Do(model, room, asker, target, step),
        };
    }

    private static RoomPermissions Needs(Step step, World world) => step.Kind switch
    {
        StepKind.Close => RoomPermissions.Close,
        StepKind.Update => step.Update(world) is var update && update.Locked is not null && update with { Locked = null } == new RoomUpdate()
            ? RoomPermissions.Lock
            : RoomPermissions.Update,
        StepKind.Kick => RoomPermissions.Kick,
        StepKind.Ban or StepKind.BanName or StepKind.Unban or StepKind.UnbanName => RoomPermissions.Ban,
        StepKind.SetRole => RoomPermissions.SetRoles,
        StepKind.RoomFields => RoomPermissions.SetRoomFields,
        StepKind.MemberFields => RoomPermissions.SetMemberFields,
        StepKind.Signal => RoomPermissions.Signal,
        StepKind.StartCall => RoomPermissions.Call,
        _ => RoomPermissions.Message,
    };

    private static string? Close(ModelRoom room, ModelSession? by)
    {
        room.CloseFor(by, LeaveReason.Closed);
        return null;
    }

    private static string? Update(ModelRoom room, RoomUpdate update, TimeSpan now)
    {
        RoomSettings settings = room.Settings with
        {
            DisplayName = update.DisplayName ?? room.Settings.DisplayName,
            Capacity = update.Capacity ?? room.Settings.Capacity,
            Hidden = update.Hidden ?? room.Settings.Hidden,
            Locked = update.Locked ?? room.Settings.Locked,
            OwnerLeaves = update.OwnerLeaves ?? room.Settings.OwnerLeaves,
            EmptyTimeout = update.EmptyTimeout ?? room.Settings.EmptyTimeout,
            ServerLedCalls = update.ServerLedCalls ?? room.Settings.ServerLedCalls,
        };
        if (!IsValid(settings))
        {
            return SignalingErrorCode.InvalidArgument;
        }

        room.Settings = settings;
        room.Password = update.Password is null ? room.Password : update.Password.Length == 0 ? null : update.Password;
        room.ClosesAt = room.Visited && room.Members.Count == 0 ? now + settings.EmptyTimeout : null;
        room.TellAll("room-updated");
        return null;
    }

    private static bool IsValid(RoomSettings settings) =>
        settings.DisplayName?.Contains('\n') != true
        && settings.Capacity is >= 1 and <= World.MaxMembers
        && settings.EmptyTimeout <= World.MaxEmptyTimeout;

    private static string? Set(ModelRoom room, ModelFields fields, FieldUpdate update, string told)
    {
        string? refusal = fields.Apply(update);
        if (refusal is null)
        {
            room.TellAll($"{told} [{fields}]");
        }

        return refusal;
    }

    private static string? Say(ModelRoom room, ModelSession? by, Step step)
    {
        room.TellAll($"message {by?.Id}  {HeardText.Of(step.Data())}", except: step.Echo() ? null : by);
        return null;
    }

    private static string? SayTo(ModelRoom room, ModelSession by, string target, Step step)
    {
        if (target == by.Id || room.Find(target) is not { } hearer)
        {
            return SignalingErrorCode.TargetNotFound;
        }

        room.Tell(hearer.Session, step.Kind == StepKind.Signal
            ? $"signal {by.Id} {step.Signal()} {HeardText.Of(step.Data())}"
            : $"message {by.Id} {target} {HeardText.Of(step.Data())}");
        return null;
    }

    private static string? Show(ModelSession by, Step step)
    {
        if (step.Kind == StepKind.Presence && step.Shown().Status?.Contains('\n') == true)
        {
            return SignalingErrorCode.InvalidArgument;
        }

        if (by.Ended)
        {
            return SignalingErrorCode.SessionClosed;
        }

        switch (step.Kind)
        {
            case StepKind.Presence when step.Shown() != by.Presence:
                by.Presence = step.Shown();
                by.Rooms.ForEach(room => room.TellAll($"presence {by.Id} {by.Presence}"));
                return null;
            case StepKind.Toggle when step.Resource() == MediaResources.None:
                return SignalingErrorCode.InvalidArgument;
            case StepKind.Toggle when (step.Enabled() ?? !by.Media.Contains(step.Resource())) is var on && on != by.Media.Contains(step.Resource()):
                _ = on ? by.Media.Add(step.Resource()) : by.Media.Remove(step.Resource());
                by.Rooms.ForEach(room => room.TellAll($"toggled {by.Id} {step.Resource()} {on}"));
                return null;
            case StepKind.SessionFields:
                string? refusal = by.Fields.Apply(step.Fields());
                if (refusal is null)
                {
                    by.Rooms.ForEach(room => room.TellAll($"session-fields {by.Id} [{by.Fields}]"));
                }

                return refusal;
            default:
                return null;
        }
    }
}
