using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Who puts out, keeps out and promotes whom, in the model's words. The permission has been looked at already.</summary>
internal static class ModelModeration
{
    /// <summary>What is wrong with a ban before it comes to the room.</summary>
    public static string? Precheck(Model model, Step step, string target) =>
        step.Duration() == TimeSpan.Zero ? SignalingErrorCode.InvalidArgument
        : step.Kind == StepKind.Ban && model.FindAlive(target) is null ? SignalingErrorCode.TargetNotFound
        : null;

    public static string? Do(Model model, ModelRoom room, ModelMember? asker, string target, Step step) => step.Kind switch
    {
        StepKind.Kick => Kick(room, asker, target, model.Now),
        StepKind.Ban or StepKind.BanName => Precheck(model, step, target) ?? Ban(model, room, asker, target, step),
        StepKind.Unban => Unban(room, target, username: null, model.Now),
        StepKind.UnbanName => Unban(room, target: null, step.Pick("ann", "CAT", "Zoe"), model.Now),
        _ => SetRole(room, asker, target, step.Role()),
    };

    private static bool MayTouch(ModelMember? asker, ModelMember target) => asker is null || asker.Role > target.Role;

    private static string? Kick(ModelRoom room, ModelMember? asker, string target, TimeSpan now)
    {
        if (room.Find(target) is not { } member)
        {
            return SignalingErrorCode.TargetNotFound;
        }

        if (!MayTouch(asker, member))
        {
            return SignalingErrorCode.NotPermitted;
        }

        room.Remove(member, LeaveReason.Kicked, byRequest: false, now);
        return null;
    }

    private static string? Ban(Model model, ModelRoom room, ModelMember? asker, string target, Step step)
    {
        bool byName = step.Kind == StepKind.BanName;
        ModelSession? session = byName ? null : model.FindAlive(target);
        TimeSpan? until = step.Duration() is { } duration ? model.Now + duration : null;
        var ban = byName
            ? new ModelBan(null, step.Pick("ann", "CAT", "Zoe"), null, until)
            : new ModelBan(target, session!.Username, session.Account, until);
        List<ModelMember> meant = room.Members.FindAll(member => byName ? ban.Names(member.Session.Username) : member.Session == session);
        List<ModelBan> standing = room.Bans.FindAll(old => !(old.Until <= model.Now));
        string? refusal =
            meant.Exists(member => !MayTouch(asker, member)) ? SignalingErrorCode.NotPermitted
            : standing.Exists(old => byName ? old.Id is null && old.Names(ban.Username) : old.Id == target) ? SignalingErrorCode.AlreadyBanned
            : standing.Count == World.MaxBans ? SignalingErrorCode.LimitExceeded
            : null;
        if (refusal is not null)
        {
            return refusal;
        }

        room.Bans.RemoveAll(old => old.Until <= model.Now);
        room.Bans.Add(ban);
        meant = [.. meant.OrderBy(member => member.Role == RoomRole.Owner)];
        meant.ForEach(member => room.Remove(member, LeaveReason.Banned, byRequest: false, model.Now));
        room.TellAll($"client-banned {ban.Id} {(byName ? ban.Username : null)}");
        return null;
    }

    private static string? Unban(ModelRoom room, string? target, string? username, TimeSpan now)
    {
        room.Bans.RemoveAll(ban => ban.Until <= now);
        if (room.Bans.RemoveAll(ban => target is null ? ban.Names(username) : ban.Id == target) == 0)
        {
            return SignalingErrorCode.NotBanned;
        }

        room.TellAll($"client-unbanned {target} {username}");
        return null;
    }

    private static string? SetRole(ModelRoom room, ModelMember? asker, string target, RoomRole role)
    {
        if (room.Find(target) is not { } member)
        {
            return SignalingErrorCode.TargetNotFound;
        }

        bool mayGive = asker is null || asker.Role == RoomRole.Owner || asker.Role > role;
        if (!mayGive || !MayTouch(asker, member))
        {
            return SignalingErrorCode.NotPermitted;
        }

        if (member.Role == role)
        {
            return null;
        }

        ModelMember? owner = room.Owner;
        if (role == RoomRole.Owner && owner is not null)
        {
            owner.Role = RoomRole.Moderator;
            room.TellAll($"role-changed {owner.Session.Id} {owner.Role}");
        }

        member.Role = role;
        room.TellAll($"role-changed {target} {role}");
        if (room.Owner != owner)
        {
            room.TellAll($"owner-changed {room.Owner?.Session.Id}");
        }

        return null;
    }
}
