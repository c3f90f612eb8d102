namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>What a member of a request may hold.</summary>
public enum MemberKind
{
    /// <summary>A text of 1 to 64 characters without control characters.</summary>
    Name,

    /// <summary>A text with a limit of its own.</summary>
    Text,

    /// <summary>A text of any length.</summary>
    AnyText,

    /// <summary>One of a few words.</summary>
    Word,
    Boolean,
    Integer,
    Duration,

    /// <summary>A JSON object.</summary>
    Fields,

    /// <summary>Any JSON.</summary>
    Json,
}
