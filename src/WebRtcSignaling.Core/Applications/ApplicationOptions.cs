using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Applications;

/// <summary>Settings for one application. Configuration: <c>Signaling:Applications:{name}</c>.</summary>
public sealed class ApplicationOptions
{
    /// <summary>
    /// Whether any two of its sessions may signal each other without sharing a room, as in PeerJS and EasyRTC. Default off.
    /// </summary>
    public bool AllowDirectSignals { get; set; }

    /// <summary>Whether any two of its sessions may send each other messages without sharing a room. Default off.</summary>
    public bool AllowDirectMessages { get; set; }

    /// <summary>Whether clients may put themselves into groups; if not, only the host does. Default off.</summary>
    public bool AllowClientGroups { get; set; }

    /// <summary>
    /// How many sessions the application holds; further ones are refused with <c>limit-exceeded</c>. At least 1. Default <see langword="null"/>: as many as
    /// the server holds (<see cref="Sessions.SessionOptions.MaxSessions"/>).
    /// </summary>
    public int? MaxSessions { get; set; }

    /// <summary>
    /// How many rooms the application may have; further ones are refused with <c>limit-exceeded</c>. At least 1. Default <see langword="null"/>:
    /// <see cref="Rooms.RoomOptions.MaxRooms"/>.
    /// </summary>
    public int? MaxRooms { get; set; }

    /// <summary>Whether direct signals wait for sessions that are not connected yet. Default off.</summary>
    public WaitingSignalOptions WaitingSignals { get; set; } = new();

    internal IEnumerable<string> Validate(string path)
    {
        if (MaxSessions < 1)
        {
            yield return $"{path}:{nameof(MaxSessions)} must be at least 1, not {MaxSessions}.";
        }

        if (MaxRooms < 1)
        {
            yield return $"{path}:{nameof(MaxRooms)} must be at least 1, not {MaxRooms}.";
        }

        foreach (string problem in WaitingSignals.Validate($"{path}:{nameof(WaitingSignals)}"))
        {
            yield return problem;
        }
    }
}
