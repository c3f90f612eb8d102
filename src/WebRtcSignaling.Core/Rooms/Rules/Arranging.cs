using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Names;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms.Rules;

/// <summary>How a room is set up and changed: settings, roles, fields.</summary>
internal static class Arranging
{
    /// <summary>A new room with nobody in it, or why there can be none like that.</summary>
    public static SignalingResult<RoomState> Create(RoomId id, RoomSetup setup, RoomPassword? password, RoomRules rules)
    {
        if (id == default)
        {
            return SignalingErrors.InvalidArgument("A room's name has 1 to 64 characters and no control characters.");
        }

        var settings = new RoomSettings
        {
            DisplayName = setup.DisplayName,
            HasPassword = password is not null,
            Capacity = setup.Capacity ?? rules.Rooms.MaxMembers,
            Hidden = setup.Hidden,
            Locked = setup.Locked,
            OwnerLeaves = setup.OwnerLeaves ?? rules.Rooms.OwnerLeaves,
            EmptyTimeout = setup.EmptyTimeout,
            ServerLedCalls = setup.ServerLedCalls,
        };
        FieldMap fields = FieldMap.Empty;
        if (setup.Fields is { } first)
        {
            SignalingResult<FieldMap> applied = fields.Apply(first, rules.Rooms.FieldLimits);
            if (!applied.TryGetValue(out FieldMap? result))
            {
                return applied.Error!;
            }

            fields = result;
        }

        return (CheckSettings(settings, rules) ?? CheckPassword(setup.Password)) is { } refusal
            ? refusal
            : new RoomState
            {
                Id = id,
                Rules = rules,
                Settings = settings,
                Password = password,
                Fields = fields,
                Guesses = new(rules.Rooms.PasswordGuessesPerRoom, rules.Rooms.PasswordGuessIntervalPerRoom),
            };
    }

    /// <summary>Why a text cannot be a password; <see langword="null"/> if it can, or means none.</summary>
    public static SignalingError? CheckPassword(string? password) => password?.Length > RoomPassword.MaxLength
        ? SignalingErrors.InvalidArgument($"A password has up to {RoomPassword.MaxLength} characters.")
        : null;

    public static RoomDecision Decide(RoomState room, RoomCommand.Update update, DateTimeOffset now)
    {
        RoomUpdate changes = update.Changes;
        if (room.Check(update.By, changes.OnlyLocks ? RoomPermissions.Lock : RoomPermissions.Update) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal);
        }

        RoomPassword? password = changes.Password is null ? room.Password : update.NewPassword;
        RoomSettings settings = room.Settings with
        {
            DisplayName = changes.DisplayName is { } name ? (name.Length == 0 ? null : name) : room.Settings.DisplayName,
            HasPassword = password is not null,
            Capacity = changes.Capacity ?? room.Settings.Capacity,
            Hidden = changes.Hidden ?? room.Settings.Hidden,
            Locked = changes.Locked ?? room.Settings.Locked,
            OwnerLeaves = changes.OwnerLeaves ?? room.Settings.OwnerLeaves,
            EmptyTimeout = changes.EmptyTimeout ?? room.Settings.EmptyTimeout,
            ServerLedCalls = changes.ServerLedCalls ?? room.Settings.ServerLedCalls,
        };
        if ((CheckSettings(settings, room.Rules) ?? CheckPassword(changes.Password)) is { } invalid)
        {
            return RoomDecision.Refuse(room, invalid);
        }

        // Only the host can update a room that nobody is in; the wait for it to close starts again then, unless nobody was ever in it.
        bool waits = room.Members.IsEmpty && room.NextOrder > 0;
        DateTimeOffset? closesAt = waits ? now + settings.EmptyTimeout : null;
        var decision = new RoomDecision(room with { Settings = settings, Password = password, ClosesAt = closesAt });
        decision.TellAll(new SignalingEvent.RoomUpdated(room.Id, settings));
        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.SetRole setRole)
    {
        if (room.Check(setRole.By, RoomPermissions.SetRoles) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal with { TargetId = setRole.Target.Value });
        }

        if (!Enum.IsDefined(setRole.Role))
        {
            return RoomDecision.Refuse(room, SignalingErrors.InvalidArgument("A role is owner, moderator or member."));
        }

        if (!room.Members.TryGetValue(setRole.Target, out RoomMember? target))
        {
            return RoomDecision.Refuse(room, SignalingErrors.TargetNotFound(room.Id, setRole.Target));
        }

        bool handsOver = setRole.Role == RoomRole.Owner;
        bool mayGive = setRole.By is not { } giver || room.OwnerId == giver || (!handsOver && room.Members[giver].Role > setRole.Role);
        if (!mayGive || !room.Outranks(setRole.By, target))
        {
            return RoomDecision.Refuse(room, SignalingErrors.NotPermitted(room.Id, setRole.Target));
        }

        var decision = new RoomDecision(room);
        if (target.Role == setRole.Role)
        {
            return decision;
        }

        if (handsOver && room.OwnerId is { } owner)
        {
            ChangeRole(decision, room.Members[owner], RoomRole.Moderator);
        }

        ChangeRole(decision, target, setRole.Role);
        SessionId? newOwner = handsOver ? setRole.Target : target.Role == RoomRole.Owner ? null : room.OwnerId;
        if (newOwner != room.OwnerId)
        {
            decision.State = decision.State with { OwnerId = newOwner };
            decision.TellAll(new SignalingEvent.OwnerChanged(room.Id, newOwner));
        }

        return decision;
    }

    public static RoomDecision Decide(RoomState room, RoomCommand.SetRoomFields set)
    {
        if (room.Check(set.By, RoomPermissions.SetRoomFields) is { } refusal)
        {
            return RoomDecision.Refuse(room, refusal);
        }

        SignalingResult<FieldMap> applied = room.Fields.Apply(set.Changes, room.Rules.Rooms.FieldLimits);
        if (!applied.TryGetValue(out FieldMap? fields))
        {
            return RoomDecision.Refuse(room, applied.Error!);
        }

        var decision = new RoomDecision(room with { Fields = fields });
        decision.TellAll(new SignalingEvent.RoomFieldsChanged(room.Id, fields));
        return decision;
    }

    private static void ChangeRole(RoomDecision decision, RoomMember member, RoomRole role)
    {
        decision.State = decision.State.With(member with { Role = role });
        decision.TellAll(new SignalingEvent.RoleChanged(decision.State.Id, member.ClientId, role));
    }

    private static SignalingError? CheckSettings(RoomSettings settings, RoomRules rules) =>
        settings.DisplayName is not null && !NameRules.IsValid(settings.DisplayName)
            ? SignalingErrors.InvalidArgument("A room's display name has 1 to 64 characters and no control characters.")
        : settings.Capacity < 1 || settings.Capacity > rules.Rooms.MaxMembers
            ? SignalingErrors.InvalidArgument($"A room's capacity is 1 to {rules.Rooms.MaxMembers}.")
        : settings.EmptyTimeout < TimeSpan.Zero || settings.EmptyTimeout > rules.Rooms.MaxEmptyTimeout
            ? SignalingErrors.InvalidArgument($"A room's emptyTimeout is 0 to {rules.Rooms.MaxEmptyTimeout.TotalMilliseconds:F0} ms.")
        : !Enum.IsDefined(settings.OwnerLeaves)
            ? SignalingErrors.InvalidArgument("A room's ownerLeaves is close, hand-over or keep.")
        : null;
}
