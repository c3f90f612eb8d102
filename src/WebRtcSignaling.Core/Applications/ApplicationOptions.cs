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
}
