using WebRtcSignaling.Calls;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The words of the native dialect.</summary>
internal static class NativeWords
{
    public static readonly Words<RoomRole> Roles =
        new((RoomRole.Owner, "owner"), (RoomRole.Moderator, "moderator"), (RoomRole.Member, "member"));

    public static readonly Words<OwnerLeavesPolicy> OwnerLeaves = new(
        (OwnerLeavesPolicy.Close, "close"), (OwnerLeavesPolicy.HandOver, "hand-over"), (OwnerLeavesPolicy.Keep, "keep"));

    public static readonly Words<LeaveReason> LeaveReasons = new(
        (LeaveReason.Left, "left"),
        (LeaveReason.Kicked, "kicked"),
        (LeaveReason.Banned, "banned"),
        (LeaveReason.Disconnected, "disconnected"),
        (LeaveReason.Closed, "closed"));

    public static readonly Words<MediaResources> Resources = new(
        (MediaResources.Audio, "audio"),
        (MediaResources.Video, "video"),
        (MediaResources.Microphone, "microphone"),
        (MediaResources.Screen, "screen"));

    public static readonly Words<PresenceShow> Shows = new(
        (PresenceShow.Chat, "chat"), (PresenceShow.Away, "away"), (PresenceShow.Xa, "xa"), (PresenceShow.Dnd, "dnd"));

    public static readonly Words<SignalKind> SignalKinds = new(
        (SignalKind.Offer, "offer"),
        (SignalKind.Answer, "answer"),
        (SignalKind.Candidate, "candidate"),
        (SignalKind.EndOfCandidates, "end-of-candidates"),
        (SignalKind.Reject, "reject"),
        (SignalKind.Hangup, "hangup"));

    public static readonly Words<CallPart> CallParts = new((CallPart.Offer, "offer"), (CallPart.Answer, "answer"));

    public static readonly Words<CallPhase> CallPhases = new((CallPhase.Ringing, "ringing"), (CallPhase.Accepted, "accepted"));

    public static readonly Words<CallEndReason> CallEndReasons = new(
        (CallEndReason.Hangup, "hangup"),
        (CallEndReason.Rejected, "rejected"),
        (CallEndReason.Busy, "busy"),
        (CallEndReason.Timeout, "timeout"),
        (CallEndReason.Left, "left"),
        (CallEndReason.Closed, "closed"));

    /// <summary>What <c>call-reject</c> may say: whether one is busy.</summary>
    public static readonly Words<bool> Rejections = new((false, "rejected"), (true, "busy"));

    public static readonly Words<FieldScope> FieldScopes =
        new((FieldScope.Room, "room"), (FieldScope.Member, "member"), (FieldScope.Session, "session"));
}
