namespace WebRtcSignaling.Rooms;

/// <summary>What each role may do in a room. Configuration: <c>Signaling:Rooms:Permissions</c>.</summary>
public sealed class RolePermissions
{
    /// <summary>What a member may do. Default <see cref="RoomPermissions.DefaultMember"/>.</summary>
    public RoomPermissions Member { get; set; } = RoomPermissions.DefaultMember;

    /// <summary>What a moderator may do. Default <see cref="RoomPermissions.DefaultModerator"/>.</summary>
    public RoomPermissions Moderator { get; set; } = RoomPermissions.DefaultModerator;

    /// <summary>What the owner may do. Default <see cref="RoomPermissions.All"/>.</summary>
    public RoomPermissions Owner { get; set; } = RoomPermissions.All;

    internal bool Allow(RoomRole role, RoomPermissions permission) => (Of(role) & permission) == permission;

    internal RolePermissions Copy() => new() { Member = Member, Moderator = Moderator, Owner = Owner };

    private RoomPermissions Of(RoomRole role) => role switch
    {
        RoomRole.Owner => Owner,
        RoomRole.Moderator => Moderator,
        _ => Member,
    };
}
