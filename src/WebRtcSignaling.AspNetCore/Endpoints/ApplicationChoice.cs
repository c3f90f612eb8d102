using Microsoft.AspNetCore.Http;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>Which application a client gets at one endpoint.</summary>
internal sealed class ApplicationChoice(SignalingServer server, SignalingEndpointOptions options, ReservedApplications reserved)
{
    private const string QueryName = "application";

    /// <summary>Decides.</summary>
    /// <param name="query">The request's query.</param>
    /// <param name="application">The application; <see langword="null"/> for the server's default.</param>
    /// <returns>Why there is none; <see langword="null"/> if there is.</returns>
    public HandshakeRefusal? Choose(IQueryCollection query, out string? application)
    {
        application = options.Application;
        if (application is not null || !query.TryGetValue(QueryName, out var values))
        {
            return null;
        }

        if (values is not [{ } name])
        {
            return HandshakeRefusals.BadRequest("The query must name at most one application.");
        }

        application = name;
        return name == server.Options.DefaultApplication || (!reserved.Contains(name) && Exists(name)) ? null : HandshakeRefusals.NotFound;
    }

    private bool Exists(string name) => server.Options.AutoCreateApplications || server.FindApplication(name) is not null;
}
