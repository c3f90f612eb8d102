namespace WebRtcSignaling.Load.Command;

/// <summary>What can be measured. Several can be combined; what is idle comes at last.</summary>
[Flags]
internal enum LoadCase
{
    None = 0,

    /// <summary>Signals between members, as many as the server relays.</summary>
    Relay = 1,

    /// <summary>The same with long signals.</summary>
    LongRelay = 2,

    /// <summary>Signals at half of the rate that <see cref="Relay"/> found in the same round, and through the ready server at half of what every other server has reached in it.</summary>
    HalfRate = 4,

    /// <summary>Signals at a given rate.</summary>
    FixedRate = 8,

    /// <summary>Messages of one member to all others of a large room.</summary>
    FanOut = 16,

    /// <summary>Connections that do nothing: how fast they come, and what they take.</summary>
    Idle = 32,

    All = Relay | LongRelay | HalfRate | FixedRate | FanOut | Idle,
}
