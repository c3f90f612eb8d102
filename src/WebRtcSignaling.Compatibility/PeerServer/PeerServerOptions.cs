namespace WebRtcSignaling.Compatibility.PeerServer;

/// <summary>Settings for clients of PHPPeerServer. Configuration: <c>Signaling:PeerServer</c>.</summary>
public sealed class PeerServerOptions
{
    /// <summary>
    /// How many members a room that a client of PHPPeerServer creates may have. Default 10; at least 1. Never more than
    /// <c>Signaling:Rooms:MaxMembers</c>.
    /// </summary>
    public int RoomCapacity { get; set; } = 10;

    /// <summary>
    /// Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.
    /// </summary>
    /// <param name="path">What to put before the setting's name.</param>
    public IEnumerable<string> Validate(string path)
    {
        if (RoomCapacity < 1)
        {
            yield return $"{path}:{nameof(RoomCapacity)} must be at least 1, not {RoomCapacity}.";
        }
    }
}
