namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// Settings for EasyRTC clients. Configuration: <c>Signaling:EasyRtc</c>. The names in parentheses are those of EasyRTC's own options. What clients of all
/// systems share is set elsewhere: ICE servers (<c>appIceServers</c>) in <c>Signaling:Ice</c>, further limits in <c>Signaling:Rooms</c> and
/// <c>Signaling:Sessions</c>. Read once, when the app starts.
/// </summary>
public sealed class EasyRtcOptions
{
    /// <summary>
    /// Whether a client that names an unknown application creates it (<c>appAutoCreateEnable</c>), for as long as it has sessions or rooms, up to
    /// <see cref="SignalingOptions.MaxApplications"/>; if not, <see cref="SignalingOptions.AutoCreateApplications"/> decides. Default on.
    /// </summary>
    public bool AutoCreateApplications { get; set; } = true;

    /// <summary>Whether a client that joins an unknown room creates it (<c>roomAutoCreateEnable</c>). Default on.</summary>
    public bool AutoCreateRooms { get; set; } = true;

    /// <summary>
    /// The room that clients join when they name none at authentication (<c>roomDefaultName</c>). It exists in every application as a standing room
    /// (<see cref="SignalingServer.AddStandingRoom"/>), so no client can create it and shut others out. Empty for none (<c>roomDefaultEnable</c>). Default
    /// <c>default</c>.
    /// </summary>
    public string DefaultRoom { get; set; } = "default";

    /// <summary>
    /// How many members a room that an EasyRTC client creates may have (<c>roomMaxConnection</c>). Default 100; at least 1, and never more than
    /// <see cref="Rooms.RoomOptions.MaxMembers"/>.
    /// </summary>
    public int MaxRoomMembers { get; set; } = 100;

    /// <summary>
    /// How long a room that an EasyRTC client created stays open, and in the room list, when nobody is in it any more. EasyRTC keeps such rooms for ever.
    /// Default 10 min; zero closes them at once, and never more than <see cref="Rooms.RoomOptions.MaxEmptyTimeout"/>.
    /// </summary>
    public TimeSpan EmptyRoomTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether any two EasyRTC clients of one application may signal and message each other without sharing a room, as in EasyRTC. Between them and clients of
    /// other systems, a shared room is always needed. Default on.
    /// </summary>
    public bool DirectContact { get; set; } = true;

    /// <summary>
    /// How many characters the API fields of a client in one room must stay below, as JSON. Default 4,096, as in EasyRTC; at least 1.
    /// <see cref="Rooms.RoomOptions.MaxFields"/> (which so many characters do not reach) and <see cref="Rooms.RoomOptions.MaxFieldBytes"/> apply, too.
    /// </summary>
    public int MaxApiFieldLength { get; set; } = 4_096;

    /// <summary>
    /// How many bytes may wait for a client while it is joining rooms, because it has to be told of the rooms first. With more, the client is disconnected.
    /// Default 1,048,576; at least 1,024.
    /// </summary>
    public int MaxHeldBytes { get; set; } = 1_048_576;

    /// <summary>Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.</summary>
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
