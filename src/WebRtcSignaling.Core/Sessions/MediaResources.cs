namespace WebRtcSignaling.Sessions;

/// <summary>The media that a session has on, as it says itself. All are off at the start.</summary>
[Flags]
public enum MediaResources
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It plays audio.</summary>
    Audio = 1,

    /// <summary>Its camera is on.</summary>
    Video = 2,

    /// <summary>Its microphone is on.</summary>
    Microphone = 4,

    /// <summary>It shares its screen.</summary>
    Screen = 8,
}
