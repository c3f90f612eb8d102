using WebRtcSignaling.Applications;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Draining;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Limits;
using WebRtcSignaling.MessageBoxes;
using WebRtcSignaling.Names;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling;

/// <summary>All settings of a signaling server. Configuration: section <c>Signaling</c>. Read once, when the server is made.</summary>
public class SignalingOptions
{
    /// <summary>The name of the application of sessions that name none. Default <c>default</c>. It always exists.</summary>
    public string DefaultApplication { get; set; } = "default";

    /// <summary>Further applications, by name, with their settings. Settings of the default application go here as well.</summary>
    public IDictionary<string, ApplicationOptions> Applications { get; } = new Dictionary<string, ApplicationOptions>(StringComparer.Ordinal);

    /// <summary>Whether a session that names an unknown application creates it, for as long as it has sessions or rooms. Default off.</summary>
    public bool AutoCreateApplications { get; set; }

    /// <summary>How many applications may exist. Default 1,000.</summary>
    public int MaxApplications { get; set; } = 1_000;

    /// <summary>Limits for each address, and for failed authentications.</summary>
    public AdmissionOptions Admission { get; set; } = new();

    /// <summary>Settings for sessions.</summary>
    public SessionOptions Sessions { get; set; } = new();

    /// <summary>Settings for rooms.</summary>
    public RoomOptions Rooms { get; set; } = new();

    /// <summary>Settings for calls.</summary>
    public CallOptions Calls { get; set; } = new();

    /// <summary>The ICE servers that clients get.</summary>
    public IceOptions Ice { get; set; } = new();

    /// <summary>Settings for message boxes.</summary>
    public MessageBoxOptions MessageBoxes { get; set; } = new();

    /// <summary>Settings for disconnecting clients when the server stops.</summary>
    public DrainOptions Drain { get; set; } = new();

    /// <summary>
    /// Returns what is wrong with these settings, in one sentence for each problem, which names the setting; empty if nothing is.
    /// </summary>
    public virtual IEnumerable<string> Validate()
    {
        if (!NameRules.IsValid(DefaultApplication))
        {
            yield return $"{nameof(DefaultApplication)} must have 1 to 64 characters and no control characters.";
        }

        if (MaxApplications < Applications.Count + 1)
        {
            yield return $"{nameof(MaxApplications)} must be at least 1 more than there are {nameof(Applications)}.";
        }

        foreach (string name in Applications.Keys.Where(name => !NameRules.IsValid(name)))
        {
            yield return $"{nameof(Applications)}:{name} must be a name of 1 to 64 characters with no control characters.";
        }

        IEnumerable<string> parts = Admission.Validate(nameof(Admission))
            .Concat(Sessions.Validate(nameof(Sessions)))
            .Concat(Rooms.Validate(nameof(Rooms)))
            .Concat(Calls.Validate(nameof(Calls)))
            .Concat(Ice.Validate(nameof(Ice)))
            .Concat(MessageBoxes.Validate(nameof(MessageBoxes)))
            .Concat(Drain.Validate(nameof(Drain)))
            .Concat(Applications.SelectMany(static application => application.Value.Validate($"{nameof(Applications)}:{application.Key}")));
        foreach (string problem in parts)
        {
            yield return problem;
        }
    }
}
