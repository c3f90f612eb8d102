namespace WebRtcSignaling.Ice;

/// <summary>
/// Decides which STUN and TURN servers a client uses. An app supplies its own to choose servers by user or place, or to fetch credentials
/// from a service; <see cref="ConfiguredIceServerProvider"/> is the one that follows <see cref="IceOptions"/>.
/// </summary>
public interface IIceServerProvider
{
    /// <summary>
    /// Returns the servers for one client, in order of preference. Called when a session begins and whenever its client asks for fresh
    /// credentials, and concurrently for different clients.
    /// </summary>
    /// <param name="request">The client.</param>
    /// <param name="cancellationToken">Fires when the answer is no longer needed.</param>
    /// <returns>The servers; empty if there are none. Neither the list nor its items may change later.</returns>
    ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(IceServerRequest request, CancellationToken cancellationToken);
}
