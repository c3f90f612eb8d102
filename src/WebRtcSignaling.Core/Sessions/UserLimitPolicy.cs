namespace WebRtcSignaling.Sessions;

/// <summary>What happens when an account that has <see cref="SessionOptions.MaxPerUser"/> sessions of an application wants one more.</summary>
public enum UserLimitPolicy
{
    /// <summary>The new session is refused with <c>limit-exceeded</c>.</summary>
    Reject,

    /// <summary>The new session begins, and the account's oldest one ends with <see cref="SessionCloseReason.Replaced"/>.</summary>
    Replace,
}
