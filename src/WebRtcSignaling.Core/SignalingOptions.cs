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
    /// <summary>The application of sessions that name none. Default <c>default</c>. It always exists.</summary>
    public string DefaultApplication { get; set; } = "default";

    /// <summary>
    /// The applications that exist besides, by name, and what differs in them; also the place for settings of the default one.
    /// </summary>
    public IDictionary<string, ApplicationOptions> Applications { get; } = new Dictionary<string, ApplicationOptions>(StringComparer.Ordinal);

    /// <summary>Whether a session that names an unknown application creates it. Default off.</summary>
    public bool AutoCreateApplications { get; set; }

    /// <summary>How many applications may exist. Default 1,000.</summary>
    public int MaxApplications { get; set; } = 1_000;

    /// <summary>Who is let in, and how often one may fail at it.</summary>
    public AdmissionOptions Admission { get; set; } = new();

    /// <summary>Settings for sessions.</summary>
    public SessionOptions Sessions { get; set; } = new();

    /// <summary>Settings for rooms.</summary>
    public RoomOptions Rooms { get; set; } = new();

    /// <summary>Settings for calls.</summary>
    public CallOptions Calls { get; set; } = new();

    /// <summary>The ICE servers that sessions are told of.</summary>
    public IceOptions Ice { get; set; } = new();

    /// <summary>Settings for message boxes.</summary>
    public MessageBoxOptions MessageBoxes { get; set; } = new();

    /// <summary>Settings for sending clients away when the server stops.</summary>
    public DrainOptions Drain { get; set; } = new();

    /// <summary>What is wrong with these settings, a sentence each that names the setting; empty if nothing is.</summary>
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
