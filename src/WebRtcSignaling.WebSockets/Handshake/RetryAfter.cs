using System.Globalization;
using WebRtcSignaling.Errors;

namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>The value of the header field Retry-After (RFC 9110 section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>How many whole seconds to wait, at least one.</summary>
    public static string Seconds(SignalingError refusal) =>
        WholeSeconds(refusal.RetryAfter.GetValueOrDefault()).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Seconds"/>
    public static int WholeSeconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
