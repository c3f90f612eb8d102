namespace WebRtcSignaling.AspNetCore.Origins;

/// <summary>What <see cref="CrossOriginPolicy"/> says of a request.</summary>
internal enum CrossOriginVerdict
{
    /// <summary>It may be served.</summary>
    Allowed,

    /// <summary>Its page may not come here.</summary>
    Forbidden,

    /// <summary>What it says of its page is not one origin.</summary>
    Malformed,
}
