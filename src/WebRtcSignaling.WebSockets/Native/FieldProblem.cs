namespace WebRtcSignaling.WebSockets.Native;

/// <summary>What can be wrong with an object of fields.</summary>
internal enum FieldProblem
{
    /// <summary>An escape in a name makes half a surrogate pair.</summary>
    NameIsNoText,

    /// <summary>A name stands there twice.</summary>
    StandsTwice,
}
