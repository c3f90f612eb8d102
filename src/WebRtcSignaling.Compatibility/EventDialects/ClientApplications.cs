using WebRtcSignaling.AspNetCore.Endpoints;

namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>Which application a client gets that names one after its wire has connected. Safe for concurrent use.</summary>
internal sealed class ClientApplications(ReservedApplications reserved)
{
    /// <summary>Decides; whether the application exists, or is created, is asked when the session begins.</summary>
    /// <param name="peer">The client.</param>
    /// <param name="wanted">What it names; <see langword="null"/> for nothing.</param>
    /// <param name="application">The endpoint's own application, if it has one; else what the client names, or the server's default.</param>
    /// <returns>Whether the client may have it: at an endpoint with an application no other, and elsewhere none that an endpoint keeps for itself.</returns>
    public bool TryChoose(IEventPeer peer, string? wanted, out string application)
    {
        application = peer.Application ?? wanted ?? peer.Server.Options.DefaultApplication;
        return peer.Application is { } own
            ? wanted is null || wanted == own
            : application == peer.Server.Options.DefaultApplication || !reserved.Contains(application);
    }
}
