namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Whose fields <c>field-set</c> sets.</summary>
internal enum FieldScope
{
    /// <summary>The room's.</summary>
    Room,

    /// <summary>One's own in one room.</summary>
    Member,

    /// <summary>One's own in all rooms.</summary>
    Session,
}
