using WebRtcSignaling.Applications;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Names;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>
/// Whom to ban from a room, why, and for how long. Exactly one of <see cref="Target"/>, <see cref="Username"/> and <see cref="Identity"/>
/// is given.
/// </summary>
public sealed record BanRequest
{
    /// <summary>The longest reason, in UTF-16 code units.</summary>
    public const int MaxReasonLength = 256;

    /// <summary>A session. Its account (if authenticated) and its username (if any) are banned with it.</summary>
    public SessionId? Target { get; init; }

    /// <summary>A username, compared case-insensitively. All members with it are removed.</summary>
    public string? Username { get; init; }

    /// <summary>
    /// An account, as <see cref="AccountIdentity.Of"/> names it. All its sessions are removed. Only code of the host app can ban by
    /// account; dialects do not offer it.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>A sentence for those who are removed, up to 256 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// How long the ban lasts: longer than zero, at most ten years; <see langword="null"/> for as long as the room exists.
    /// </summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Why a text cannot be a reason; <see langword="null"/> if it can.</summary>
    internal static SignalingError? CheckReason(string? reason) => reason is { Length: > 0 } && !NameRules.IsValid(reason, MaxReasonLength)
        ? SignalingErrors.InvalidArgument("A reason is one line of up to 256 characters.")
        : null;

    internal SignalingResult<RoomBan> Resolve(RoomId room, Application application, DateTimeOffset now)
    {
        int named = (Target is null ? 0 : 1) + (Username is null ? 0 : 1) + (Identity is null ? 0 : 1);
        SignalingError? refusal =
            named != 1 ? SignalingErrors.InvalidArgument("A ban names one client or one username.")
            : Username is not null && !NameRules.IsValid(Username)
                ? SignalingErrors.InvalidArgument("A username has 1 to 64 characters and no control characters.")
            : Duration <= TimeSpan.Zero || Duration > TimeSpan.FromDays(3650)
                ? SignalingErrors.InvalidArgument("A ban's duration is longer than zero and at most ten years.")
            : CheckReason(Reason);
        if (refusal is not null)
        {
            return refusal;
        }

        if (Target is not { } target)
        {
            return new RoomBan(null, Username, Identity, Reason, now + Duration);
        }

        return application.FindSession(target) is { } session
            ? new RoomBan(target, session.Profile.Username, session.Identity, Reason, now + Duration)
            : SignalingErrors.TargetNotFound(room, target);
    }
}
