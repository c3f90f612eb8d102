using System.Globalization;
using WebRtcSignaling.Errors;

namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>The value of the header field Retry-After (RFC 9110 section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>How many whole seconds to wait, at least one.</summary>
    public static string Seconds(SignalingError refusal) =>
        Math.Max(1, Math.Ceiling(refusal.RetryAfter.GetValueOrDefault().TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
