using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebRtcSignaling.AspNetCore.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the signaling server to an app's health checks.</summary>
public static class SignalingHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is healthy as long as the server accepts sessions, degraded while all places are taken, and fails when it begins to stop or to drain. It is for readiness,
    /// not for liveness. Its data are the numbers of <c>sessions</c>, <c>rooms</c> and <c>connections</c>. Needs <c>AddSignaling</c>.
    /// </summary>
    /// <param name="builder">The app's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What to report when it fails; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags by which the app chooses checks.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddSignalingCheck(
        this IHealthChecksBuilder builder, string name = "signaling", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<SignalingHealthCheck>(name, failureStatus, tags ?? []);
    }
}
