namespace WebRtcSignaling.Compatibility.EngineIO;

/// <summary>The version of the Engine.IO protocol that a client speaks, which it says with <c>EIO</c> in its first query.</summary>
internal enum EngineVersion
{
    /// <summary>Clients of Socket.IO 1 and 2: they ping, and we answer.</summary>
    V3 = 3,

    /// <summary>Clients of Socket.IO 3 and 4: we ping, and they answer.</summary>
    V4 = 4,
}
