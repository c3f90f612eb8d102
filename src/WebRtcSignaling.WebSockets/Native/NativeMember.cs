namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The members that requests have. A member means the same in every request that has it.</summary>
internal enum NativeMember
{
    Type,
    Id,
    Seq,
    Ack,
    Room,
    TargetId,
    CallId,
    Data,
    Kind,
    Echo,
    Group,
    Username,
    Ticket,
    Resume,
    Password,
    Name,
    Capacity,
    Hidden,
    Locked,
    OwnerLeaves,
    EmptyTimeout,
    ServerLedCalls,
    Fields,
    Create,
    Prefix,
    Reason,
    Duration,
    Role,
    Resource,
    Enabled,
    Show,
    Status,
    Scope,
    Replace,

    /// <summary>Not a member, but how many there are.</summary>
    Count,
}
