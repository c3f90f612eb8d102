namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// Settings for EasyRTC clients. Configuration: <c>Signaling:EasyRtc</c>. The names in brackets are those of EasyRTC's own options. What is shared with clients
/// of other systems is set where it belongs: ICE servers (<c>appIceServers</c>) in <c>Signaling:Ice</c>, further limits in <c>Signaling:Rooms</c> and
/// <c>Signaling:Sessions</c>. Read once, when the app starts.
/// </summary>
public sealed class EasyRtcOptions
{
    /// <summary>
    /// Whether a client that names an application that does not exist creates it (<c>appAutoCreateEnable</c>), up to
    /// <see cref="SignalingOptions.MaxApplications"/>; if not, <see cref="SignalingOptions.AutoCreateApplications"/> decides. Default on.
    /// </summary>
    public bool AutoCreateApplications { get; set; } = true;

    /// <summary>Whether a client that joins a room that does not exist creates it (<c>roomAutoCreateEnable</c>). Default on.</summary>
    public bool AutoCreateRooms { get; set; } = true;

    /// <summary>
    /// The room of clients that name none when they authenticate (<c>roomDefaultName</c>); it is created also where <see cref="AutoCreateRooms"/> is off. Empty
    /// for none (<c>roomDefaultEnable</c>). Default <c>default</c>.
    /// </summary>
    public string DefaultRoom { get; set; } = "default";

    /// <summary>
    /// How many members the rooms may have that these clients create (<c>roomMaxConnection</c>). Default 100; at least 1, and never more than
    /// <see cref="Rooms.RoomOptions.MaxMembers"/>.
    /// </summary>
    public int MaxRoomMembers { get; set; } = 100;

    /// <summary>
    /// How long a room that these clients created stays in the room list when nobody is in it any more. EasyRTC keeps them for ever. Default 10 min; zero to
    /// close them at once, and never more than <see cref="Rooms.RoomOptions.MaxEmptyTimeout"/>.
    /// </summary>
    public TimeSpan EmptyRoomTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether any two EasyRTC clients of one application may signal and message each other without sharing a room, as in EasyRTC. Clients of other systems are
    /// reached through a shared room only. Default on.
    /// </summary>
    public bool DirectContact { get; set; } = true;

    /// <summary>
    /// From how many characters of JSON on the API fields of a client in one room are too many. Default 4,096, as in EasyRTC; at least 1.
    /// <see cref="Rooms.RoomOptions.MaxFieldBytes"/> applies, too.
    /// </summary>
    public int MaxApiFieldLength { get; set; } = 4_096;

    /// <summary>
    /// How many bytes may wait for a client while it is joining rooms, because it must hear of the rooms first; past it, the client is put out. Default
    /// 1,048,576; at least 1,024.
    /// </summary>
    public int MaxHeldBytes { get; set; } = 1_048_576;

    /// <summary>What is wrong with these settings, a sentence each that names the setting; empty if nothing is.</summary>
    /// <param name="path">What to put before the setting's name.</param>
    public IEnumerable<string> Validate(string path)
    {
        if (DefaultRoom is null || (DefaultRoom.Length > 0 && !EasyRtcNames.IsName(DefaultRoom)))
        {
            yield return $"{path}:{nameof(DefaultRoom)} must be empty, or have 1 to 32 letters, digits, dots, hyphens and underscores.";
        }

        if (MaxRoomMembers < 1)
        {
            yield return $"{path}:{nameof(MaxRoomMembers)} must be at least 1.";
        }

        if (EmptyRoomTimeout < TimeSpan.Zero)
        {
            yield return $"{path}:{nameof(EmptyRoomTimeout)} must not be negative.";
        }

        if (MaxApiFieldLength < 1)
        {
            yield return $"{path}:{nameof(MaxApiFieldLength)} must be at least 1.";
        }

        if (MaxHeldBytes < 1_024)
        {
            yield return $"{path}:{nameof(MaxHeldBytes)} must be at least 1,024.";
        }
    }
}
