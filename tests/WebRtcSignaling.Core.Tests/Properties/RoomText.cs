using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>A room as text: all that members may know of it, to compare the server's, a member's and the model's.</summary>
internal static class RoomText
{
    public static string Of(RoomSnapshot room)
    {
        IEnumerable<string> members = room.Members.Select(member =>
            $"{member.ClientId} {member.Profile.Username} {member.Role} {Of(Each(member.Profile.Media))} {member.Profile.Presence} [{Fields.Show(member.Fields)}] [{Fields.Show(member.Profile.Fields)}]");
        return $"{room.Id} of {room.OwnerId} {room.Settings} [{Fields.Show(room.Fields)}]\n  {string.Join("\n  ", members)}";
    }

    public static string Of(IEnumerable<MediaResources> media) => string.Join("+", media.Order());

    private static IEnumerable<MediaResources> Each(MediaResources media) =>
        Enum.GetValues<MediaResources>().Where(one => one != MediaResources.None && media.HasFlag(one));
}
