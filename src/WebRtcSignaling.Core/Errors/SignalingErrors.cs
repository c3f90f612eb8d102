using WebRtcSignaling.Calls;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Errors;

/// <summary>The refusals that the core gives, each with its sentence in one place.</summary>
internal static class SignalingErrors
{
    public static SignalingError SessionClosed { get; } = new(SignalingErrorCode.SessionClosed, "The session has ended.");

    public static SignalingError NotResumable { get; } = new(SignalingErrorCode.NotResumable, "There is no session to go on with.");

    public static SignalingError ServerStopping { get; } = new(SignalingErrorCode.ServerStopping, "The server is stopping; try again later.");

    public static SignalingError AuthenticationExpired { get; } =
        new(SignalingErrorCode.NotPermitted, "The authentication has expired.");

    public static SignalingError OtherAccount { get; } =
        new(SignalingErrorCode.NotPermitted, "This session belongs to another account.");

    public static SignalingError NamedInRoom { get; } =
        new(SignalingErrorCode.NotPermitted, "The username cannot change while you are in a room.");

    public static SignalingError InternalError { get; } = new(SignalingErrorCode.InternalError, "The server failed to do this; nothing was changed.");

    public static SignalingError CallNotFound { get; } = new(SignalingErrorCode.CallNotFound, "There is no such call of yours.");

    public static SignalingError NotInGroup { get; } = new(SignalingErrorCode.NotInGroup, "You are not in that group.");

    public static SignalingError ApplicationNotExists { get; } = new(SignalingErrorCode.ApplicationNotExists, "There is no such application.");

    public static SignalingError IdTaken { get; } = new(SignalingErrorCode.IdTaken, "That id is in use.");

    public static SignalingError InvalidArgument(string sentence) => new(SignalingErrorCode.InvalidArgument, sentence);

    public static SignalingError LimitExceeded(string sentence) => new(SignalingErrorCode.LimitExceeded, sentence);

    public static SignalingError AccountIsFull(int sessions) => LimitExceeded($"The account has {sessions} sessions already.");

    public static SignalingError NotPermitted(RoomId room, SessionId target = default, string? sentence = null) =>
        About(room, target, SignalingErrorCode.NotPermitted, sentence ?? "You may not do this.");

    public static SignalingError RoomNotExists(RoomId room) => About(room, SignalingErrorCode.RoomNotExists, "There is no such room.");

    public static SignalingError RoomExists(RoomId room) => About(room, SignalingErrorCode.RoomExists, "A room of that name exists already.");

    public static SignalingError NotInRoom(RoomId room) => About(room, SignalingErrorCode.NotInRoom, "You are not in that room.");

    public static SignalingError AlreadyInRoom(RoomId room) => About(room, SignalingErrorCode.AlreadyInRoom, "You are in that room already.");

    public static SignalingError RoomFull(RoomId room) => About(room, SignalingErrorCode.RoomFull, "The room is full.");

    public static SignalingError RoomLocked(RoomId room) => About(room, SignalingErrorCode.RoomLocked, "The room is locked.");

    public static SignalingError RoomClosing(RoomId room, TimeSpan closesIn) =>
        About(room, SignalingErrorCode.RoomClosing, "The room is about to close.") with { RetryAfter = closesIn };

    public static SignalingError WrongPassword(RoomId room) =>
        About(room, SignalingErrorCode.WrongPassword, "The password is missing or wrong.");

    public static SignalingError TooManyAttempts(RoomId room, TimeSpan retryAfter) =>
        About(room, SignalingErrorCode.TooManyAttempts, "Too many wrong passwords; wait a little.") with { RetryAfter = retryAfter };

    public static SignalingError TooManyFailures(TimeSpan retryAfter) =>
        new(SignalingErrorCode.TooManyAttempts, "Too many failed attempts from where you are; wait a little.") { RetryAfter = retryAfter };

    public static SignalingError RateLimited(TimeSpan retryAfter) =>
        new(SignalingErrorCode.RateLimited, "You send too much; this was dropped. Wait a little.") { RetryAfter = retryAfter };

    public static SignalingError Banned(RoomId room, TimeSpan? remaining) =>
        About(room, SignalingErrorCode.Banned, "You are banned from that room.") with { RetryAfter = remaining };

    public static SignalingError AlreadyBanned(RoomId room, SessionId target) =>
        About(room, target, SignalingErrorCode.AlreadyBanned, "That client is banned already.");

    public static SignalingError NotBanned(RoomId room, SessionId target) =>
        About(room, target, SignalingErrorCode.NotBanned, "That client is not banned.");

    public static SignalingError TargetNotFound(RoomId room, SessionId target) =>
        About(room, target, SignalingErrorCode.TargetNotFound, "There is no such client here.");

    public static SignalingError TargetBusy(RoomId room, SessionId target) =>
        About(room, target, SignalingErrorCode.TargetBusy, "That client takes no further call.");

    public static SignalingError CallNotReady(CallPart part) =>
        new(SignalingErrorCode.CallNotReady, part == CallPart.Offer
            ? "Not now, or not by the party that offers."
            : "Not now, or not by the party that answers.");

    private static SignalingError About(RoomId room, string code, string sentence) => About(room, default, code, sentence);

    private static SignalingError About(RoomId room, SessionId target, string code, string sentence) =>
        new(code, sentence) { Room = room.Value, TargetId = target.Value };
}
