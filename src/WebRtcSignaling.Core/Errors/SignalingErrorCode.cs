namespace WebRtcSignaling.Errors;

/// <summary>The stable codes of refusals. Programs compare these; the sentences beside them may change.</summary>
public static class SignalingErrorCode
{
    /// <summary>The message is not a JSON object of the documented form.</summary>
    public const string InvalidMessage = "invalid-message";

    /// <summary>There is no message of that type.</summary>
    public const string UnknownType = "unknown-type";

    /// <summary>An argument is missing, of the wrong type, or outside its documented form.</summary>
    public const string InvalidArgument = "invalid-argument";

    /// <summary>A limit of the server's options is reached; the sentence names it.</summary>
    public const string LimitExceeded = "limit-exceeded";

    /// <summary>Role, policy or the host app does not allow this.</summary>
    public const string NotPermitted = "not-permitted";

    /// <summary>There is no such room.</summary>
    public const string RoomNotExists = "room-not-exists";

    /// <summary>A room of that name exists already.</summary>
    public const string RoomExists = "room-exists";

    /// <summary>The client is not a member of that room.</summary>
    public const string NotInRoom = "not-in-room";

    /// <summary>The client is a member of that room already.</summary>
    public const string AlreadyInRoom = "already-in-room";

    /// <summary>The room has as many members as it may have.</summary>
    public const string RoomFull = "room-full";

    /// <summary>The room lets nobody in at present.</summary>
    public const string RoomLocked = "room-locked";

    /// <summary>The host is closing the room; see <see cref="SignalingError.RetryAfter"/> for when its name is free again.</summary>
    public const string RoomClosing = "room-closing";

    /// <summary>The room's password is missing or wrong.</summary>
    public const string WrongPassword = "wrong-password";

    /// <summary>Too many wrong passwords or failed authentications; see <see cref="SignalingError.RetryAfter"/>.</summary>
    public const string TooManyAttempts = "too-many-attempts";

    /// <summary>
    /// The client sends more than it may over time; this request was dropped. See <see cref="SignalingError.RetryAfter"/>.
    /// </summary>
    public const string RateLimited = "rate-limited";

    /// <summary>The client is banned from that room.</summary>
    public const string Banned = "banned";

    /// <summary>That client or username is banned already.</summary>
    public const string AlreadyBanned = "already-banned";

    /// <summary>That client or username is not banned.</summary>
    public const string NotBanned = "not-banned";

    /// <summary>There is no such client in that room or application.</summary>
    public const string TargetNotFound = "target-not-found";

    /// <summary>The called client is in as many calls as it may be.</summary>
    public const string TargetBusy = "target-busy";

    /// <summary>There is no such call, or the client is not one of its two parties.</summary>
    public const string CallNotFound = "call-not-found";

    /// <summary>The call is not in the right state for this, or the other party has to do it.</summary>
    public const string CallNotReady = "call-not-ready";

    /// <summary>The client is not in that group.</summary>
    public const string NotInGroup = "not-in-group";

    /// <summary>There is no such application.</summary>
    public const string ApplicationNotExists = "application-not-exists";

    /// <summary>The ticket is missing, wrong, used or too old; the client is not told which.</summary>
    public const string InvalidTicket = "invalid-ticket";

    /// <summary>The claimed client id is in use.</summary>
    public const string IdTaken = "id-taken";

    /// <summary>The session has ended.</summary>
    public const string SessionClosed = "session-closed";

    /// <summary>The resume token is wrong, used up or too old; the client is not told which.</summary>
    public const string NotResumable = "not-resumable";

    /// <summary>The request's number does not follow the one before; nothing was done.</summary>
    public const string OutOfSequence = "out-of-sequence";

    /// <summary>The server is stopping; try again later: see <see cref="SignalingError.RetryAfter"/>.</summary>
    public const string ServerStopping = "server-stopping";

    /// <summary>Something failed on the server's side; nothing was done.</summary>
    public const string InternalError = "internal-error";
}
