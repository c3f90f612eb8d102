using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebRtcSignaling.WebSockets;

namespace WebRtcSignaling.AspNetCore.Health;

/// <summary>Healthy with counts as data, degraded while there is no place for a further session, or failing once the server takes no more sessions.</summary>
internal sealed class SignalingHealthCheck(SignalingServer server, WebSocketEndpoint webSockets) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        int maxSessions = server.Options.Sessions.MaxSessions;
        var data = new Dictionary<string, object>
        {
            ["sessions"] = server.SessionCount,
            ["maxSessions"] = maxSessions,
            ["rooms"] = server.Applications.Sum(static application => application.RoomCount),
            ["connections"] = webSockets.ConnectionCount,
        };
        return Task.FromResult(server.IsStopping
            ? new HealthCheckResult(context.Registration.FailureStatus, "The server is stopping.", data: data)
            : server.SessionCount >= maxSessions ? HealthCheckResult.Degraded("The server is full.", data: data)
            : HealthCheckResult.Healthy("The server takes sessions.", data));
    }
}
